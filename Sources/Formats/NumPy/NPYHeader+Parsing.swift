import Tensors

extension NPYHeader {
  /// Reads the header at the beginning of a file.
  ///
  /// - Parameters:
  ///   - bytes: The first ``longest`` bytes of the file, or the whole file where it is shorter.
  ///   - name: What error messages call the file.
  /// - Throws: `InputError` naming the byte that is not as the format has it.
  init(_ bytes: ArraySlice<UInt8>, name: String) throws {
    let (textStart, textEnd) = try Self.extent(bytes, name: name)
    var scanner = LiteralScanner(
      bytes[bytes.startIndex + textStart..<bytes.startIndex + textEnd], offset: textStart, name: name)
    let fields = try HeaderFields(&scanner)
    let type = try fields.type()
    let byteCount = try fields.byteCount(of: type.element)
    self.init(
      shape: fields.shape, elementType: type.element, isFortranOrder: fields.isFortranOrder,
      isBigEndian: type.isBigEndian, dataOffset: textEnd, byteCount: byteCount)
  }

  private static func extent(_ bytes: ArraySlice<UInt8>, name: String) throws -> (start: Int, end: Int) {
    guard bytes.starts(with: magic) else {
      throw InputError("\(name), byte 0", "not an NPY file: it does not begin with \\x93NUMPY")
    }
    var reader = ByteReader(bytes, name: name, position: magic.count)
    let (major, minor) = (try reader.uint8(), try reader.uint8())
    guard (1...3).contains(major) && minor == 0 else {
      throw InputError("\(name), byte 6", "NPY format version \(major).\(minor) is unknown, expected 1.0, 2.0 or 3.0")
    }
    let length = major == 1 ? Int(try reader.uint16()) : Int(try reader.uint32())
    let end = reader.position + length
    guard end <= longest else {
      throw InputError(
        "\(name), byte 8", "the header claims \(length) bytes, expected at most 10000",
        remedy: "Only plain arrays of numbers or text can be read.")
    }
    guard end <= bytes.count else {
      throw InputError(
        "\(name), byte 8", "the header claims to reach to byte \(end), but there are only \(bytes.count) bytes",
        remedy: "The file is truncated or damaged: write it again.")
    }
    return (reader.position, end)
  }
}

/// The three entries of an NPY header as they are written.
private struct HeaderFields {
  private(set) var shape: [Int] = []
  private(set) var isFortranOrder = false
  private var descriptor = ""
  private let name: String
  private let offset: Int

  init(_ scanner: inout LiteralScanner) throws {
    name = scanner.name
    offset = scanner.position
    var seen: Set<String> = []
    try scanner.expect("{")
    while !scanner.accept("}") {
      let key = try scanner.string()
      guard seen.insert(key).inserted else { throw scanner.error("the header gives '\(key)' twice") }
      try scanner.expect(":")
      switch key {
      case "descr": descriptor = try Self.plainDescriptor(&scanner)
      case "fortran_order": isFortranOrder = try scanner.boolean()
      case "shape": shape = try scanner.tuple()
      default: throw scanner.error("the header has an unknown entry '\(key)'")
      }
      if !scanner.accept(",") {
        try scanner.expect("}")
        break
      }
    }
    try scanner.expectEnd()
    for key in ["descr", "fortran_order", "shape"] where !seen.contains(key) {
      throw scanner.error("the header has no entry '\(key)'")
    }
  }

  private static func plainDescriptor(_ scanner: inout LiteralScanner) throws -> String {
    guard !scanner.isAt("[") && !scanner.isAt("(") else {
      throw scanner.error(
        "structured elements cannot be read",
        remedy: "Save each field as an array of its own: np.savez(file, a=x['a']).")
    }
    return try scanner.string()
  }

  func type() throws -> (element: NumPyArray.ElementType, isBigEndian: Bool) {
    let mark = descriptor.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    let code = mark == nil ? descriptor[...] : descriptor.dropFirst()
    guard let element = NumPyArray.ElementType(code: code) else { throw unreadable(code) }
    return (element, mark == ">")
  }

  func byteCount(of element: NumPyArray.ElementType) throws -> Int {
    guard shape.count <= 64 else { throw error("an array of \(shape.count) axes, expected at most 64") }
    var total = max(1, element.byteCount)
    for size in shape where size > 0 {
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !overflow else { throw error("the shape \(shape) is larger than any memory") }
      total = product
    }
    guard element.byteCount > 0 || shape.contains(0) else { throw error("text of no width, '\(descriptor)'") }
    return shape.contains(0) ? 0 : total
  }

  private func unreadable(_ code: Substring) -> InputError {
    switch code.first {
    case "O":
      error(
        "an array of Python objects; BasisLab never executes the pickle inside",
        remedy: "Save plain numbers or text instead: np.save(file, np.array(x, dtype=float)) or dtype=str.")
    case "V": error("structured or raw elements '\(code)' cannot be read", remedy: "Save each field as its own array.")
    case "M", "m": error("dates and times cannot be read", remedy: "Convert them first: x.astype('int64').")
    default: error("unknown element type '\(descriptor)'", remedy: "Readable: bool, int, uint, float, complex, text.")
    }
  }

  private func error(_ problem: String, remedy: String? = nil) -> InputError {
    InputError("\(name), byte \(offset)", problem, remedy: remedy)
  }
}
