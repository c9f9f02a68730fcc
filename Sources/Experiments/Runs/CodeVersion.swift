/// The version of BasisLab, as the command and every run state it.
public enum CodeVersion {
  /// Major, minor and patch number.
  public static let current = "0.1.0"
}
