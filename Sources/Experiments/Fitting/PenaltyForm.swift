/// The form of a penalty by the name that a user gives it.
public enum PenaltyForm: String, Codable, Sendable, CaseIterable {
  /// None.
  case none
  /// (λ/2)·‖W‖².
  case ridge
  /// λ·Σ|w|.
  case l1
  /// λ·(α·Σ|w| + (1 − α)/2·‖W‖²).
  case elasticNet = "elastic-net"
  /// λ·Σ_g √|g|·‖W_g‖ over the bands of a basis.
  case groupL1 = "group-l1"
}
