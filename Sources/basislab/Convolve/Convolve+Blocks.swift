import ArgumentParser
import Formats
import Foundation
import Parallel
import Spectral
import Tensors

/// Images larger than memory: read from one file and written to another block by block.
extension Convolve {
  /// What the program takes before it convolves, which counts towards a limit.
  private static var programBytes: Int { 40 << 20 }

  /// What a convolution by blocks takes where no limit is given: larger blocks are hardly faster.
  private static var ordinaryBytes: Int { 384 << 20 }

  /// Convolves from file to file where whole arrays would not fit into memory.
  ///
  /// - Returns: Whether that was so; otherwise nothing has been done.
  /// - Throws: `InputError` where the files cannot be read or written; an exit code where the user has interrupted.
  func executeByBlocks() throws -> Bool {
    let endings = try (Ending(of: image, among: ArrayFile.endings), Ending(of: output, among: ArrayFile.endings))
    guard endings == (.npy, .npy), convolution.isPlain else { return false }
    let url = URL(fileURLWithPath: image)
    let header = try NPY.header(of: url)
    let given = try planning.memoryLimit.map { try ByteCount(parsing: $0).bytes }
    let limit = given ?? AvailableMemory.byteCount.map { $0 / 2 } ?? .max
    guard (2...3).contains(header.shape.count), bytesOfWholeArrays(header) > limit else { return false }
    let kernel = try ArrayFile(kernel)
    guard kernel.rank == 2 else { return false }
    let memoryLimit = given ?? min(limit, Self.ordinaryBytes)
    guard memoryLimit > Self.programBytes else {
      throw InputError(
        "convolution",
        "not enough memory: the program itself needs \(ByteCount(Self.programBytes)), the limit is \(ByteCount(limit))",
        remedy: "Raise the limit.")
    }
    let planner = try planning.planner(isQuiet: common.quiet)
    let reader = try NPYRegionReader(url)
    if header.elementType == .float64 || kernel.isDouble {
      try execute(reader, kernel, planner, as: Double.self, memoryLimit: memoryLimit)
    } else {
      try execute(reader, kernel, planner, as: Float.self, memoryLimit: memoryLimit)
    }
    return true
  }

  /// What reading, convolving and writing whole arrays takes at least: the file, two copies of the samples, and two of
  /// the result.
  private func bytesOfWholeArrays(_ header: NPYHeader) -> Int {
    let width = header.elementType == .float64 ? MemoryLayout<Double>.stride : MemoryLayout<Float>.stride
    return header.byteCount + 4 * header.count * width
  }

  private func execute<S: SpectralScalar>(
    _ reader: NPYRegionReader, _ kernel: ArrayFile, _ planner: ConvolutionPlanner, as precision: S.Type,
    memoryLimit: Int
  ) throws {
    Interrupt.beginListening()
    let clock = ContinuousClock()
    let start = clock.now
    let shape = reader.header.shape
    let stream = try StreamedConvolution<S>(
      convolution.correlate ? .crossCorrelation : .convolution,
      images: (shape.dropLast(2).first ?? 1, shape[shape.count - 2], shape[shape.count - 1]), kernel: kernel.tensor(),
      mode: convolution.mode ?? .same, boundary: convolution.boundary, method: convolution.method, planner: planner,
      memoryLimit: memoryLimit, takenBytes: Self.programBytes)
    let planned = clock.now
    let outputShape = Array(shape.dropLast(2)) + [stream.shape.outputHeight, stream.shape.outputWidth]
    var seconds: [Double] = []
    try NPYRegionWriter<S>.write(shape: outputShape, to: URL(fileURLWithPath: output)) { writer in
      for _ in 0..<repeatCount {
        let start = clock.now
        try run(stream, from: NPYImageSource(reader), to: NPYImageSink(writer), count: outputShape.reduce(1, *))
        seconds.append((clock.now - start) / .seconds(1))
      }
    }
    let total = (clock.now - start) / .seconds(1)
    let peak = PeakMemory.byteCount
    let explanation =
      try planning.explain
      ? Explanation(of: stream.method, stream.blockWork, planner, isMeasured: planning.measure, as: S.self) : nil
    try report(
      BlockReport(
        stream, plan: (planned - start) / .seconds(1), runs: seconds, total: total, shape: outputShape,
        peakMemoryBytes: peak, explanation: explanation))
  }

  private func run<S: SpectralScalar>(
    _ stream: StreamedConvolution<S>, from source: NPYImageSource<S>, to sink: NPYImageSink<S>, count: Int
  ) throws {
    var progress = BlockProgress(blocks: stream.blockCount, outputs: count, isQuiet: common.quiet)
    defer { progress.finish() }
    try stream.run(from: source, to: sink) { blocks in
      progress.show(blocks)
      guard Interrupt.isRequested else { return }
      progress.finish()
      if !common.quiet { Console.note("Interrupted: \(output) was not written.") }
      throw ExitCode(Interrupt.exitCode)
    }
  }

  private func report(_ report: BlockReport) throws {
    if json {
      try Console.resultJSON(report)
    } else if let explanation = report.explanation {
      let size = report.blocks.shape.map(String.init).joined(separator: "×")
      try Console.result("One of \(report.blocks.count) blocks, of \(size) outputs at most:")
      try explanation.lines.forEach(Console.result)
    }
    guard !json && !common.quiet else { return }
    let size = report.shape.map(String.init).joined(separator: "×")
    let block = report.blocks.shape.map(String.init).joined(separator: "×")
    let peak = report.peakMemoryBytes.map { ", at most \(ByteCount($0)) of memory" } ?? ""
    Console.note(
      "\(output): \(size) \(report.precision) by \(report.method) in \(report.blocks.count) blocks of \(block) on "
        + "\(report.threads) threads in \(String(format: "%.3f", report.seconds.total)) s\(peak)")
  }
}

/// What the command says of a convolution by blocks, as JSON.
private struct BlockReport: Encodable {
  struct Seconds: Encodable { let plan, median, minimum, total: Double }

  struct Blocks: Encodable {
    let count: Int
    let shape: [Int]
  }

  let method: String
  let precision: String
  let threads: Int
  let seconds: Seconds
  let shape: [Int]
  let blocks: Blocks
  let peakMemoryBytes: Int?
  let explanation: Explanation?

  init<S: SpectralScalar>(
    _ stream: StreamedConvolution<S>, plan: Double, runs: [Double], total: Double, shape: [Int], peakMemoryBytes: Int?,
    explanation: Explanation?
  ) {
    let (sorted, middle) = (runs.sorted(), runs.count / 2)
    let median = runs.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    method = stream.method.rawValue
    precision = S.name
    threads = ThreadPool.shared.threadCount
    seconds = Seconds(plan: plan, median: median, minimum: sorted[0], total: total)
    self.shape = shape
    blocks = Blocks(count: stream.blockCount, shape: stream.blockShape)
    self.peakMemoryBytes = peakMemoryBytes
    self.explanation = explanation
  }
}
