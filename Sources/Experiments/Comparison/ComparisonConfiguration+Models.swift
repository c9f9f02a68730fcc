import Tensors

extension ComparisonConfiguration {
  /// The same with the descriptions of networks that models name by their files and that it does not have yet.
  ///
  /// - Throws: `InputError` where a file cannot be read, or two of them have the same name.
  func readingNetworks() throws -> ComparisonConfiguration {
    var descriptions = networks ?? []
    for name in models {
      let request = try ModelRequest(parsing: name, among: descriptions)
      guard let found = request.network?.description, !descriptions.contains(found) else { continue }
      if let other = descriptions.first(where: { $0.name == found.name }) {
        throw InputError(
          "--models", "two networks are called '\(found.name)': \(other.path) and \(found.path)",
          remedy: "Rename one of the files.")
      }
      descriptions.append(found)
    }
    var configuration = self
    configuration.networks = descriptions.isEmpty ? nil : descriptions
    return configuration
  }

  /// The penalties of its linear models that make weights 0.
  var sparsePenalties: [PenaltyChoice] {
    models.compactMap { linear($0)?.penalty }.filter(\.isSparse)
  }

  /// What the name of one of its models says, where that is a linear one.
  func linear(_ name: String) -> LinearRequest? {
    (try? ModelRequest(parsing: name, among: networks ?? []))?.linear
  }

  /// The models as tables call them, but for sizes that a matching chooses.
  var modelNames: [String] {
    models.map { (try? ModelRequest(parsing: $0, among: networks ?? []))?.name ?? $0 }
  }
}
