import Tensors

/// A number that a user may set by its name: what it means, its unit and the values it may have.
public struct Parameter<Owner>: Sendable {
  /// The name, as it is typed: lower case with hyphens.
  public let name: String
  /// The unit; `1` for a pure number.
  public let unit: String
  /// What the number says, as a sentence without its full stop.
  public let meaning: String
  /// The values it may have.
  public let range: ClosedRange<Double>

  private let property: WritableKeyPath<Owner, Double> & Sendable

  /// Describes a property.
  ///
  /// - Parameters:
  ///   - name: The name, lower case with hyphens.
  ///   - unit: The unit; `1` for a pure number.
  ///   - range: The values it may have.
  ///   - property: Where the number is kept.
  ///   - meaning: What the number says.
  init(
    _ name: String, unit: String, in range: ClosedRange<Double>, _ property: WritableKeyPath<Owner, Double> & Sendable,
    _ meaning: String
  ) {
    self.name = name
    self.unit = unit
    self.range = range
    self.property = property
    self.meaning = meaning
  }

  /// The number that an owner has now.
  public func value(in owner: Owner) -> Double { owner[keyPath: property] }

  /// Gives an owner another number.
  ///
  /// - Parameters:
  ///   - value: The number, within ``range``.
  ///   - owner: Whose number is set.
  /// - Throws: `InputError` when the number is outside the range.
  public func set(_ value: Double, in owner: inout Owner) throws {
    guard range.contains(value) else {
      throw InputError(
        "parameter '\(name)'",
        "expected \(range.lowerBound)…\(range.upperBound) \(unit == "1" ? "" : unit), got \(value)")
    }
    owner[keyPath: property] = value
  }
}

/// Something with numbers that can be set by name.
public protocol Parameterized {
  /// Every number that can be set.
  static var parameters: [Parameter<Self>] { get }
}

extension Parameterized {
  /// What each parameter is and has, for tables and records.
  public var parameterValues: [(name: String, value: Double, unit: String, meaning: String)] {
    Self.parameters.map { ($0.name, $0.value(in: self), $0.unit, $0.meaning) }
  }

  /// Sets a parameter by its name.
  ///
  /// - Parameters:
  ///   - name: The name of a parameter.
  ///   - value: Its new value.
  /// - Throws: `InputError` for an unknown name or a value outside the range.
  public mutating func set(_ name: String, to value: Double) throws {
    guard let parameter = Self.parameters.first(where: { $0.name == name }) else {
      throw Suggestion.unknown(name, kind: "parameter", accepted: Self.parameters.map(\.name))
    }
    try parameter.set(value, in: &self)
  }
}
