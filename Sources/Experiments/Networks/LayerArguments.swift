import NeuralNetworks
import Spectral
import Tensors

/// What a network file says of one layer: values by the names of the Swift initializer's parameters.
///
/// Each reader names what it looks for; ``finish()`` then refuses what nobody has asked for.
struct LayerArguments: Sendable {
  /// Where the layer stands.
  let place: YAMLValue
  /// The number of classes, which the word `classes` stands for.
  let classCount: Int

  private let layer: String
  private let values: [String: YAMLValue]
  private let names: [YAMLValue]
  private var asked: [String] = []

  /// Takes the values of a layer.
  ///
  /// - Parameters:
  ///   - layer: The layer's name.
  ///   - value: A mapping, a single value, or nothing.
  ///   - main: The name that a single value stands for.
  ///   - classCount: The number of classes.
  ///   - place: Where the layer stands.
  /// - Throws: `InputError` where it is anything else.
  init(_ layer: String, _ value: YAMLValue?, main: String?, classCount: Int, place: YAMLValue) throws {
    self.layer = layer
    self.place = place
    self.classCount = classCount
    if let members = value?.members {
      names = members.map(\.name)
      values = Dictionary(members.map { ($0.name.text ?? "", $0.value) }) { first, _ in first }
    } else if let value, value.text != "" {
      guard let main else { throw value.error("\(layer) takes no value, found \(value.kind)") }
      names = []
      values = [main: value]
    } else {
      (names, values) = ([], [:])
    }
  }

  /// The value of a name.
  mutating func value(_ name: String) -> YAMLValue? {
    if !asked.contains(name) { asked.append(name) }
    return values[name]
  }

  /// The value of a name that must be there.
  mutating func required(_ name: String) throws -> YAMLValue { try value(name) ?? missing(name) }

  /// Refuses names that nobody has asked for.
  func finish() throws {
    guard let stranger = names.first(where: { !asked.contains($0.text ?? "") }) else { return }
    throw stranger.placing(Suggestion.unknown(stranger.text ?? "", kind: "setting of \(layer)", accepted: asked))
  }

  /// A number of things of at least 1, or the word `classes`; the default where it is left out.
  mutating func count(_ name: String, default standard: Int? = nil) throws -> Int {
    let value = value(name)
    if value?.text == "classes" { return classCount }
    if let value { return try value.integer(in: 1...1_000_000) }
    return try standard ?? missing(name)
  }

  /// A number; the default where it is left out.
  mutating func number(_ name: String, in range: ClosedRange<Double>, default standard: Double) throws -> Double {
    try value(name)?.number(in: range) ?? standard
  }

  /// A truth value; the default where it is left out.
  mutating func flag(_ name: String, default standard: Bool) throws -> Bool { try value(name)?.flag() ?? standard }

  /// A height and a width: one number for both, or a list of two.
  mutating func extent(_ name: String, atLeast smallest: Int = 1, default standard: Extent2D? = nil) throws -> Extent2D
  {
    guard let value = value(name) else { return try standard ?? missing(name) }
    let sides = try (value.list ?? [value]).map { try $0.integer(in: smallest...100_000) }
    guard sides.count <= 2, let first = sides.first else {
      throw value.error("expected a number or [height, width] for '\(name)', found \(sides.count) numbers")
    }
    return Extent2D(height: first, width: sides.last!)
  }

  /// A list of sizes, or a single one.
  mutating func sizes(_ name: String) throws -> [Int] {
    let value = try required(name)
    return try (value.list ?? [value]).map { try $0.integer(in: 1...1_000_000) }
  }

  /// A whole number; the default where it is left out.
  mutating func number(_ name: String, atLeast smallest: Int, default standard: Int) throws -> Int {
    try value(name)?.integer(in: smallest...100_000) ?? standard
  }

  /// What is added to a variance.
  mutating func epsilon() throws -> Double { try number("epsilon", in: 1e-30...1, default: 1e-5) }

  /// The channels that come in and go out, and the groups, which divide both.
  mutating func channels(_ shape: [Int]) throws -> (input: Int, output: Int, groups: Int) {
    let channels = try count("inputChannels", default: shape[0])
    let (filters, groups) = (try count("outputChannels"), try count("groups", default: 1))
    guard channels % groups == 0 && filters % groups == 0 else {
      throw place.error("expected groups that divide \(channels) and \(filters) channels, found \(groups)")
    }
    return (channels, filters, groups)
  }

  /// Which planes each filter sees, as a list of planes for each filter; all of them where it is left out.
  mutating func connections(_ name: String, of filters: Int, on planes: Int, groups: Int) throws -> ConnectionTable? {
    guard let value = value(name) else { return nil }
    guard groups == 1 else { throw value.error("expected '\(name)' or groups, found both") }
    let rows = try (value.list ?? []).map { row in
      try (row.list ?? [row]).map { try $0.integer(in: 0...planes - 1) }
    }
    guard rows.count == filters && rows.allSatisfy({ !$0.isEmpty && Set($0).count == $0.count }) else {
      throw value.error("expected a list of planes, none twice, for each of \(filters) filters")
    }
    return ConnectionTable(rows)
  }

  /// What stands in the padding, which only the boundary of zeros has room for.
  mutating func paddingValue(_ name: String, _ boundary: Boundary) throws -> Double {
    let number = try number(name, in: -1e9...1e9, default: 0)
    guard number == 0 || boundary == .zero else {
      throw place.error("expected '\(name)' or boundary '\(boundary)', found both")
    }
    return number
  }

  /// A border: one number for all sides, `[vertical, horizontal]`, or `[top, bottom, left, right]`.
  mutating func sides(_ name: String) throws -> Padding {
    let value = try required(name)
    let sides = try (value.list ?? [value]).map { try $0.integer(in: 0...100_000) }
    switch sides.count {
    case 1: return Padding(sides[0])
    case 2: return Padding(top: sides[0], bottom: sides[0], left: sides[1], right: sides[1])
    case 4: return Padding(top: sides[0], bottom: sides[1], left: sides[2], right: sides[3])
    default: throw value.error("expected 1, 2 or 4 numbers for '\(name)', found \(sides.count)")
    }
  }

  /// A border as ``sides(_:)``, none where it is left out, or the word `same`.
  mutating func padding(_ name: String, stride: Extent2D) throws -> ConvolutionPadding {
    guard let value = value(name) else { return 0 }
    guard value.text == "same" else { return .sides(try sides(name)) }
    guard stride == 1 else { throw value.error("expected stride 1 for padding 'same', found \(stride)") }
    return .same
  }

  /// One of the cases of an enumeration.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default standard: Choice? = nil
  ) throws -> Choice where Choice.RawValue == String {
    guard let value = value(name) else { return try standard ?? missing(name) }
    return Choice(rawValue: try value.word(among: Choice.allCases.map(\.rawValue), name))!
  }

  private func missing<Value>(_ name: String) throws -> Value {
    if let near = names.first(where: { Suggestion.closest(to: $0.text ?? "", among: [name]) != nil }) {
      throw near.placing(Suggestion.unknown(near.text ?? "", kind: "setting of \(layer)", accepted: asked))
    }
    throw place.error("\(layer) needs '\(name)'", remedy: "Example: '- \(layer): {\(name): 8}'.")
  }
}
