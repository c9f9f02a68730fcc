internal import CZlib
import Tensors

/// Raw deflate streams and the checksum of zip archives, through zlib.
enum Deflate {
  /// The most bytes that one byte of a deflate stream can stand for.
  static let largestRatio = 1032

  private static let largestStep = 1 << 30

  /// The CRC-32 of the bytes.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
  }

  /// Unpacks a stream.
  ///
  /// - Parameters:
  ///   - packed: The stream, or its beginning.
  ///   - count: How many bytes to unpack.
  ///   - place: What error messages call the stream.
  ///   - isWhole: Whether the stream must end exactly there.
  /// - Returns: `count` bytes.
  /// - Throws: `InputError` where the stream is damaged, or is shorter or longer.
  static func inflate(_ packed: ArraySlice<UInt8>, count: Int, place: String, isWhole: Bool) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let outcome = packed.withUnsafeBufferPointer { run($0, into: buffer, isWhole: isWhole) }
      filled = min(outcome.written, count)
      guard outcome.written == count && (outcome.isComplete || !isWhole) else {
        throw InputError(
          place, "the compressed data are damaged: expected \(count) bytes, unpacked \(outcome.written)",
          remedy: "Fetch or write the file again.")
      }
    }
  }

  /// Unpacks until the output is full, and says whether the stream ended there and used all its input.
  private static func run(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>, isWhole: Bool
  ) -> (written: Int, isComplete: Bool) {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return (0, false)
    }
    defer { inflateEnd(&stream) }
    var (read, written) = (0, 0)
    var status = Z_OK
    while status == Z_OK && (isWhole ? written <= output.count : written < output.count) {
      let step = advance(&stream, input.dropFirst(read), output.dropFirst(written), &status)
      if step == (0, 0) { break }
      read += step.read
      written += step.written
    }
    return (written, status == Z_STREAM_END && read == input.count)
  }

  private static func advance(
    _ stream: inout z_stream, _ input: Slice<UnsafeBufferPointer<UInt8>>,
    _ output: Slice<UnsafeMutableBufferPointer<UInt8>>, _ status: inout Int32
  ) -> (read: Int, written: Int) {
    let (available, room) = (min(input.count, largestStep), min(output.count, largestStep))
    var spare: UInt8 = 0
    return withUnsafeMutablePointer(to: &spare) { spare in
      stream.next_in = UnsafeMutablePointer(mutating: UnsafeBufferPointer(rebasing: input).baseAddress)
      stream.avail_in = UInt32(available)
      stream.next_out = room > 0 ? UnsafeMutableBufferPointer(rebasing: output).baseAddress : spare
      stream.avail_out = UInt32(max(room, 1))
      status = CZlib.inflate(&stream, Z_NO_FLUSH)
      return (available - Int(stream.avail_in), max(room, 1) - Int(stream.avail_out))
    }
  }

  /// Packs bytes into one stream.
  static func deflate(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    let status = deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    precondition(status == Z_OK, "deflateInit2 failed with \(status)")
    defer { deflateEnd(&stream) }
    var packed: [UInt8] = []
    bytes.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      var status = Z_OK
      while status == Z_OK {
        let room = chunk.count
        let written = chunk.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(room)
          status = CZlib.deflate(&stream, Z_FINISH)
          return room - Int(stream.avail_out)
        }
        packed += chunk[..<written]
      }
      precondition(status == Z_STREAM_END, "deflate failed with \(status)")
    }
    return packed
  }
}
