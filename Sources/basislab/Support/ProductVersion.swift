/// The version of the command, as `--version` and the run folders state it.
enum ProductVersion {
  static let current = "0.1.0"
}
