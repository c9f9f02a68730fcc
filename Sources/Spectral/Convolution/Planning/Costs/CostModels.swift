/// The costs of one machine in both precisions.
public struct CostModels: Codable, Equatable, Sendable {
  /// The costs in single precision.
  public var float: CostModel
  /// The costs in double precision.
  public var double: CostModel

  /// States the costs.
  public init(float: CostModel, double: CostModel) {
    self.float = float
    self.double = double
  }

  /// The costs in a precision.
  public subscript<S: SpectralScalar>(_ precision: S.Type) -> CostModel {
    get { precision == Float.self ? float : double }
    set { if precision == Float.self { float = newValue } else { double = newValue } }
  }
}
