import Foundation
import Tensors

/// Reads rectangles of an array in an NPY file without the rest of it, for arrays larger than memory.
///
/// The last axis of the array is its columns; all others together, in row-major order, count its lines. Elements of any
/// real type and byte order are converted on the way. Any number of threads may read at the same time.
public struct NPYRegionReader: Sendable {
  /// What the file says about its array.
  public let header: NPYHeader

  private let source: ByteSource

  /// Opens a file and checks that its size is what its header says.
  ///
  /// - Parameter url: The file.
  /// - Throws: ``InputError`` as ``NPY/header(of:)`` does; where the elements are not real numbers; and where an array of
  ///   more than one line is in Fortran order, whose lines lie scattered over the file.
  public init(_ url: URL) throws { try self.init(ByteSource(url)) }

  package init(_ source: ByteSource) throws {
    header = try NPY.header(of: source)
    self.source = source
    guard header.elementType.isReal else {
      throw source.error("expected real numbers, found an array of \(header.elementType) with shape \(header.shape)")
    }
    guard !header.isFortranOrder || header.shape.count(where: { $0 > 1 }) <= 1 else {
      throw source.error(
        "is in Fortran order, which cannot be read by lines",
        remedy: "Save it in C order: np.save(file, np.ascontiguousarray(x)).")
    }
  }

  /// The elements of a line.
  public var columnCount: Int { header.shape.last ?? 1 }

  /// The lines of the array.
  public var lineCount: Int { header.shape.dropLast().reduce(1, *) }

  /// Reads some columns of some lines.
  ///
  /// - Parameters:
  ///   - lines: Which lines.
  ///   - columns: Which columns of them.
  ///   - target: Receives the numbers; its first is that of the first line and column.
  ///   - lineStride: How many numbers apart the lines lie in `target`.
  /// - Throws: ``InputError`` where the file has become shorter or cannot be read.
  public func read<S: Scalar>(
    lines: Range<Int>, columns: Range<Int>, into target: inout MutableSpan<S>, lineStride: Int
  ) throws {
    precondition(
      lines.lowerBound >= 0 && lines.upperBound <= lineCount && columns.lowerBound >= 0
        && columns.upperBound <= columnCount, "expected a part of \(lineCount)×\(columnCount), got \(lines)×\(columns)")
    guard !lines.isEmpty && !columns.isEmpty else { return }
    precondition(
      lineStride >= columns.count && (lines.count - 1) * lineStride + columns.count <= target.count,
      "expected room for \(lines.count) lines \(lineStride) apart, got \(target.count) numbers")
    let runs = runs(lines, columns)
    let largest = runs.map { $0.lines.count * $0.columns.count }.max()! * header.elementType.byteCount
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: largest, alignment: 16)
    defer { bytes.deallocate() }
    try target.withUnsafeMutableBufferPointer { target in
      for run in runs {
        let start = (run.lines.lowerBound - lines.lowerBound) * lineStride + run.columns.lowerBound - columns.lowerBound
        try read(run, by: bytes, into: target.baseAddress! + start, lineStride: lineStride)
      }
    }
  }

  /// Elements that lie one after the other in the file.
  private struct Run {
    let lines: Range<Int>
    let columns: Range<Int>
  }

  private static let bytesOfRun = 1 << 20

  /// Cuts a rectangle into runs of at most ``bytesOfRun``: groups of whole lines, or parts of one line.
  private func runs(_ lines: Range<Int>, _ columns: Range<Int>) -> [Run] {
    let elements = max(1, Self.bytesOfRun / header.elementType.byteCount)
    guard columns.count == columnCount && columnCount <= elements else {
      return lines.flatMap { line in
        columns.parts(of: elements).map { Run(lines: line..<line + 1, columns: $0) }
      }
    }
    return lines.parts(of: elements / columnCount).map { Run(lines: $0, columns: columns) }
  }

  private func read<S: Scalar>(
    _ run: Run, by memory: UnsafeMutableRawBufferPointer, into target: UnsafeMutablePointer<S>, lineStride: Int
  ) throws {
    let width = header.elementType.byteCount
    let lineBytes = run.columns.count * width
    let bytes = UnsafeMutableRawBufferPointer(rebasing: memory[..<(run.lines.count * lineBytes)])
    let first = run.lines.lowerBound * columnCount + run.columns.lowerBound
    try source.read(into: bytes, at: header.dataOffset + first * width, of: "the array")
    if header.isBigEndian { header.elementType.swapBytes(of: bytes) }
    for line in 0..<run.lines.count {
      header.elementType.convert(
        UnsafeRawBufferPointer(rebasing: bytes[line * lineBytes..<(line + 1) * lineBytes]),
        into: UnsafeMutableBufferPointer(start: target + line * lineStride, count: run.columns.count))
    }
  }
}

extension Range<Int> {
  /// The range in parts of a size, the last one shorter where it does not divide the range.
  fileprivate func parts(of size: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min($0 + size, upperBound) }
  }
}
