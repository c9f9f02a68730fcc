/// Numbers as people read them: three digits and a unit.
enum Quantity {
  /// A time: `1.23 ms`.
  static func time(_ seconds: Double) -> String {
    scaled(seconds, [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")])
  }

  /// A number of things: `4.2 M`.
  static func count(_ number: Double) -> String {
    scaled(number, [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")])
  }

  /// A share: `12.3 %`.
  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  private static func scaled(_ value: Double, _ units: [(size: Double, name: String)]) -> String {
    guard value.isFinite && value > 0 else { return "\(value)" }
    let unit = units.first { value >= $0.size * 0.9995 } ?? units[units.count - 1]
    let number = value / unit.size
    let scale: Double = number < 10 ? 100 : number < 100 ? 10 : 1
    let rounded = (number * scale).rounded() / scale
    let text = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    return unit.name.isEmpty ? text : "\(text) \(unit.name)"
  }
}
