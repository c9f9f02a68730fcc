internal import Parallel
public import Tensors

extension ScatteringFeatures {
  /// The scattering coefficients of a batch of images.
  ///
  /// - Parameter images: `[N, H, W]`.
  /// - Returns: `[N, K, ⌊H/2^J⌋, ⌊W/2^J⌋]`, in the precision of the images.
  /// - Throws: `InputError` as ``designMatrix(_:)``.
  public func transform<S: SpectralScalar>(_ images: Tensor<S>) throws -> Tensor<S> {
    try validate(images, scratchBytes: scratchBytes(images.shape[0]))
    return scatter(images, plan(), converting: { $0.update(from: $1, count: $2) })
      .reshaped([images.shape[0], paths.count, outputHeight, outputWidth])
  }

  /// The coefficients of images `[N, H, W]`, or their logarithms, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    try validate(images, scratchBytes: scratchBytes(images.shape[0]))
    guard let single = images as? Tensor<Float> else {
      return scatter(images.inDouble(), plan()) { target, rows, count in
        target.update(from: rows, count: count)
        takeLogarithms(target, count)
      }
    }
    return scatter(single, plan()) { (target: UnsafeMutablePointer<Double>, rows: UnsafePointer<Float>, count) in
      for index in 0..<count { target[index] = Double(rows[index]) }
      takeLogarithms(target, count)
    }
  }

  /// Of all orders but 0, in rows of features.
  private func takeLogarithms(_ rows: UnsafeMutablePointer<Double>, _ count: Int) {
    let averages = outputHeight * outputWidth
    for row in stride(from: 0, to: count, by: dimension) {
      logarithm.apply(rows + row + averages, count: dimension - averages)
    }
  }

  /// What the threads work in, which is as large in either precision.
  private func scratchBytes(_ count: Int) -> Int {
    let workers = min(ThreadPool.current.workerCount, count / LaneLoops<Double>.count + 1)
    return workers
      * ScatteringWorkspace<Double>.byteCount(
        size: grid.size(resolution: 0), featureCount: dimension, depth: maximumOrder)
  }

  private func plan<S: SpectralScalar>() -> ScatteringPlan<S> {
    if let plan = single.value(as: ScatteringPlan<S>.self) { return plan }
    if let plan = double.value(as: ScatteringPlan<S>.self) { return plan }
    return ScatteringPlan(grid, paths)
  }

  private func scatter<S: SpectralScalar, Target: Sendable>(
    _ images: Tensor<S>, _ plan: ScatteringPlan<S>,
    converting convert: @Sendable (UnsafeMutablePointer<Target>, UnsafePointer<S>, Int) -> Void
  ) -> Tensor<Target> {
    let (count, lanes) = (images.shape[0], LaneLoops<S>.count)
    return Tensor(shape: [count, dimension]) { target in
      let slices = DisjointSlices(target)
      parallelFor((count + lanes - 1) / lanes) { block in
        let range = block * lanes..<min(count, (block + 1) * lanes)
        let rows = AlignedMemory<S>(count: range.count * dimension)
        images.withUnsafeBufferPointer { images in
          plan.run(
            images.baseAddress! + range.lowerBound * height * width, count: range.count, imageStride: height * width,
            workspace: plan.workspace(), to: rows.base)
        }
        let part = slices[range.lowerBound * dimension..<range.upperBound * dimension]
        convert(part.baseAddress!, rows.base, part.count)
      }
    }
  }
}

extension Deferred {
  /// The value where it is of a type, made only then.
  fileprivate func value<Wanted>(as type: Wanted.Type) -> Wanted? { Value.self == type ? value as? Wanted : nil }
}
