import ArgumentParser
import Experiments
import Spectral
import Tensors

/// The options that say which features are meant.
struct FeatureSelector: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A basis, with all of its atoms or the first M.", valueName: "name[:m]"))
  var basis: [String] = []

  @Option(
    help: ArgumentHelp(
      "A feature map with its options, such as log-scattering:J=2,L=8 or log-fourier.", valueName: "name[:option…]"))
  var features: String?

  @Option(
    help: ArgumentHelp(
      "Keep M features, chosen on the training images by \(SelectionCatalog.names.joined(separator: ", ")).",
      valueName: "criterion:m"))
  var select: String?

  func validate() throws { _ = try Usage.check { try requests } }

  /// What was asked for: several bases, or one map.
  var requests: [FeatureRequest] {
    get throws {
      let selection = try select.map { try FeatureRequest.Selection(parsing: $0) }
      return try basis.map { try request(basis: $0, selection) }
        + (features.map { [try request($0, selection)] } ?? [])
    }
  }

  private func request(basis text: String, _ selection: FeatureRequest.Selection?) throws -> FeatureRequest {
    let name = String(text.prefix { !":@".contains($0) })
    guard BasisCatalog.names.contains(name) else {
      if FeatureRequest.names.contains(name) {
        throw InputError("--basis", "'\(name)' is a feature map and not a basis", remedy: "Write --features \(text).")
      }
      throw Suggestion.unknown(name, kind: "basis", accepted: BasisCatalog.names)
    }
    return try request(text, selection)
  }

  private func request(_ text: String, _ selection: FeatureRequest.Selection?) throws -> FeatureRequest {
    let request = try FeatureRequest(parsing: text)
    guard let selection else { return request }
    if request.selection != nil {
      throw InputError("--select", "'\(text)' says already which features are kept")
    }
    return request.selecting(selection)
  }
}
