import Tensors

/// Reads the few Python literals that an NPY header consists of: strings, truth values, tuples of integers.
struct LiteralScanner {
  let name: String
  private let bytes: ArraySlice<UInt8>
  private let offset: Int
  private var index: Int

  /// The offset in the file of what comes next.
  var position: Int { offset + index - bytes.startIndex }

  init(_ bytes: ArraySlice<UInt8>, offset: Int, name: String) {
    self.bytes = bytes
    self.offset = offset
    self.name = name
    index = bytes.startIndex
  }

  func error(_ problem: String, remedy: String? = nil) -> InputError {
    InputError("\(name), byte \(position)", problem, remedy: remedy)
  }

  mutating func isAt(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    return index < bytes.endIndex && bytes[index] == UInt8(ascii: character)
  }

  mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    index += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws {
    guard accept(character) else { throw error("expected '\(character)' in the header") }
  }

  mutating func expectEnd() throws {
    skipSpace()
    guard index == bytes.endIndex else { throw error("expected the end of the header") }
  }

  mutating func string() throws -> String {
    let quote: Unicode.Scalar = isAt("\"") ? "\"" : "'"
    try expect(quote)
    guard let end = bytes[index...].firstIndex(of: UInt8(ascii: quote)) else { throw error("expected a closing quote") }
    defer { index = end + 1 }
    return String(decoding: bytes[index..<end], as: UTF8.self)
  }

  mutating func boolean() throws -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)] where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return value
    }
    throw error("expected True or False")
  }

  mutating func tuple() throws -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !accept(")") {
      numbers.append(try integer())
      if !accept(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }

  private mutating func integer() throws -> Int {
    skipSpace()
    let digits = bytes[index...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw error("expected a size of at least 0 that fits in 63 bits")
    }
    index = digits.endIndex
    _ = accept("L")
    return number
  }

  private mutating func skipSpace() {
    while index < bytes.endIndex && [UInt8(ascii: " "), UInt8(ascii: "\n")].contains(bytes[index]) { index += 1 }
  }
}
