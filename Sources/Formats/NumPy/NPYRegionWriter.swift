import Foundation
import Tensors

/// Writes an NPY file rectangle by rectangle, for arrays larger than memory.
///
/// The last axis of the array is its columns; all others together, in row-major order, count its lines. The file has its
/// size from the start, what is never written is 0, and it appears complete or not at all. Any number of threads may write
/// different rectangles at the same time.
public struct NPYRegionWriter<S: Scalar>: Sendable {
  /// The size of each axis, slowest first.
  public let shape: [Int]

  private let file: AtomicFile
  private let dataOffset: Int

  /// Writes an array of float32 or float64.
  ///
  /// - Parameters:
  ///   - shape: The size of each axis, at least one.
  ///   - url: The file, which is replaced where it exists.
  ///   - body: Writes the rectangles; when it throws, no file appears.
  /// - Returns: What `body` returns.
  /// - Throws: ``InputError`` where it cannot be written, before `body` is called where there is no room for it; what
  ///   `body` throws.
  @discardableResult
  public static func write<Result>(
    shape: [Int], to url: URL, _ body: (NPYRegionWriter) throws -> Result
  ) throws -> Result {
    precondition(!shape.isEmpty && shape.allSatisfy { $0 >= 0 }, "expected axes of at least 0, got shape \(shape)")
    let header = NPYHeader.encode(shape: shape, elementType: S.self == Double.self ? .float64 : .float32)
    return try AtomicFile.write(to: url) { file in
      try file.reserve(header.count + shape.reduce(1, *) * MemoryLayout<S>.stride)
      try header.withUnsafeBytes { try file.write($0, at: 0) }
      return try body(NPYRegionWriter(shape: shape, file: file, dataOffset: header.count))
    }
  }

  /// Writes some columns of some lines.
  ///
  /// - Parameters:
  ///   - values: The numbers, line by line.
  ///   - lines: Which lines.
  ///   - columns: Which columns of them.
  ///   - lineStride: How many numbers apart the lines lie in `values`.
  /// - Throws: ``InputError`` where they cannot be written.
  public func write(_ values: Span<S>, lines: Range<Int>, columns: Range<Int>, lineStride: Int) throws {
    let (lineCount, columnCount) = (shape.dropLast().reduce(1, *), shape.last!)
    precondition(
      lines.lowerBound >= 0 && lines.upperBound <= lineCount && columns.lowerBound >= 0
        && columns.upperBound <= columnCount, "expected a part of \(lineCount)×\(columnCount), got \(lines)×\(columns)")
    guard !lines.isEmpty && !columns.isEmpty else { return }
    precondition(
      lineStride >= columns.count && (lines.count - 1) * lineStride + columns.count <= values.count,
      "expected \(lines.count) lines \(lineStride) apart, got \(values.count) numbers")
    let isContiguous = columns.count == columnCount && lineStride == columnCount
    let runLines = isContiguous ? lines.count : 1
    try values.withUnsafeBytes { bytes in
      for line in stride(from: 0, to: lines.count, by: runLines) {
        let start = line * lineStride * MemoryLayout<S>.stride
        let count = runLines * columns.count * MemoryLayout<S>.stride
        let element = (lines.lowerBound + line) * columnCount + columns.lowerBound
        try file.write(
          UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]),
          at: dataOffset + element * MemoryLayout<S>.stride)
      }
    }
  }
}
