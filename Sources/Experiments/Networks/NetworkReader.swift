import NeuralNetworks
import Tensors

/// Turns the lists of a network file into layers and arrangements.
struct NetworkReader: Sendable {
  /// The number of classes.
  let classCount: Int
  /// What decides the atoms of the basis `random`.
  let stream: RandomStream

  private static let arrangements = ["Sequential", "Residual", "Branches", "Merge"]
  private static let words = LayerCatalog.entries.map(\.name) + arrangements
  private static let besides = ["frozen", "labelled", "startingFrom"]

  /// The layers of a list.
  func elements(_ list: YAMLValue) throws -> [any NetworkElement] {
    guard let items = list.list else { throw list.error("expected a list of layers, found \(list.kind)") }
    return try items.map(element)
  }

  private func element(_ item: YAMLValue) throws -> any NetworkElement {
    if item.list != nil { return Sequential(try elements(item)) }
    guard let members = item.members else { return try piece(item, nil, startingFrom: nil) }
    let heads = members.filter { !Self.besides.contains($0.name.text ?? "") }
    guard heads.count == 1, let head = heads.first else {
      if heads.count > 1, let stranger = heads.first(where: { !Self.words.contains($0.name.text ?? "") })?.name {
        throw stranger.placing(
          Suggestion.unknown(stranger.text ?? "", kind: "word beside a layer", accepted: Self.besides))
      }
      throw (heads.last?.name ?? item).error(
        "expected one layer in each entry of the list, found \(heads.isEmpty ? "none" : "\(heads.count)")",
        remedy: "Begin each layer with '- '; its settings go into { } behind the name, deeper than the name.")
    }
    func beside(_ name: String) -> YAMLValue? { members.first { $0.name.text == name }?.value }
    var element = try piece(head.name, head.value, startingFrom: beside("startingFrom"))
    if try beside("frozen")?.flag() == true { element = element.frozen() }
    if let label = beside("labelled") {
      guard let text = label.text, !text.isEmpty else { throw label.error("expected a name, found \(label.kind)") }
      element = PlacedElement(place: label, base: element.labelled(text))
    }
    return element
  }

  private func piece(
    _ name: YAMLValue, _ value: YAMLValue?, startingFrom start: YAMLValue?
  ) throws -> any NetworkElement {
    let word = try name.word(among: Self.words, "layer")
    guard let entry = LayerCatalog.entries.first(where: { $0.name == word }) else {
      if let start { throw start.error("'startingFrom' stands beside a layer, not beside \(word)") }
      return PlacedElement(place: name, base: try arrangement(word, value, at: name))
    }
    let settings = try LayerArguments(word, value, main: entry.main, classCount: classCount, place: name)
    let first = try start.map { try FirstWeights($0, stream: stream) }
    return PlacedLayer(place: name) { shape in
      var settings = settings
      let layer = try entry.make(&settings, shape)
      try settings.finish()
      guard let first else { return layer }
      guard let layer = layer as? any Layer else {
        throw name.error("'startingFrom' stands beside a single layer, not beside \(word)")
      }
      return try first.apply(to: layer, inputShape: shape)
    }
  }

  private func arrangement(_ word: String, _ value: YAMLValue?, at place: YAMLValue) throws -> any NetworkElement {
    guard let value, value.text != "" else { throw place.error("\(word) needs a list of layers") }
    if word == "Sequential" { return Sequential(try elements(value)) }
    if word == "Residual", value.list != nil {
      let layers = try elements(value)
      return Residual { layers }
    }
    var settings = try LayerArguments(word, value, main: nil, classCount: classCount, place: place)
    let arranged = try arrangement(word, &settings)
    try settings.finish()
    return arranged
  }

  private func arrangement(_ word: String, _ settings: inout LayerArguments) throws -> any NetworkElement {
    switch word {
    case "Residual":
      let shortcut = try settings.value("shortcut").map(element) ?? Identity()
      let layers = try elements(settings.required("layers"))
      return Residual(shortcut: shortcut) { layers }
    case "Branches":
      let join: Join = try settings.choice("join")
      let branches = try elements(settings.required("branches"))
      guard !branches.isEmpty else { throw settings.place.error("expected at least one branch") }
      return Branches(join, branches)
    default:
      let join: Join = try settings.choice("join")
      let labels = try settings.required("with")
      return Merge(join, with: (labels.list ?? [labels]).map { $0.text ?? $0.kind })
    }
  }
}
