extension Trainer {
  /// Makes one step on the batch that ``batch`` holds.
  ///
  /// - Parameters:
  ///   - images: All images.
  ///   - count: The number of images in the batch.
  /// - Returns: The mean loss of the batch before the step; where it is not finite there is no step.
  func step(_ images: Span<S>, count: Int) -> Double {
    let mean = accumulateGradients(images, count: count) + penalty
    guard mean.isFinite else { return mean }
    let partCount = BatchPartition(count).partCount
    var factor = 1.0
    if regularization.needsWholeGradient {
      sumGradients(partCount)
      factor = regularization.factor(ofNorm: gradientNorm)
    }
    stepCount += 1
    update(partCount: regularization.needsWholeGradient ? 1 : partCount, gradientFactor: S(factor))
    executor.updateState(parameters, count: count)
    return mean
  }

  /// ½·penalty·‖p‖² of the trained parameters.
  var penalty: Double {
    guard regularization.penalty > 0 else { return 0 }
    let trained = UnsafeBufferPointer(parameters[0..<trainedCount])
    return regularization.penalty / 2 * Double(S.dot(trained, trained))
  }

  private static var chunk: Int { 1 << 14 }

  private func chunkRange(_ index: Int) -> Range<Int> {
    index * Self.chunk..<min((index + 1) * Self.chunk, trainedCount)
  }

  private var chunkCount: Int { (trainedCount + Self.chunk - 1) / Self.chunk }

  /// Adds the gradients of all parts, and that of the penalty, to that of the first part.
  func sumGradients(_ partCount: Int) {
    let (parameters, gradients, trainedCount, penalty) = (
      parameters, gradients, trainedCount, S(regularization.penalty)
    )
    let ranges = (0..<chunkCount).map(chunkRange)
    pool.run(chunkCount) { index, _ in
      let sum = Trainer.sumParts(gradients, partCount, trainedCount, ranges[index])
      if penalty > 0 { S.axpy(penalty, UnsafeBufferPointer(parameters[ranges[index]]), sum) }
    }
  }

  /// The norm of the summed gradient; chunks are added in their order.
  private var gradientNorm: Double {
    (0..<chunkCount).reduce(0.0) {
      let part = UnsafeBufferPointer(gradients[chunkRange($1)])
      return $0 + Double(S.dot(part, part))
    }.squareRoot()
  }

  private func update(partCount: Int, gradientFactor: S) {
    let (optimizer, step, trainedCount) = (optimizer, stepCount, trainedCount)
    let (parameters, gradients) = (parameters, gradients)
    let (first, second) = (firstMoments, secondMoments)
    pool.run(chunkCount) { index, _ in
      let range = index * Self.chunk..<min((index + 1) * Self.chunk, trainedCount)
      let sum = Trainer.sumParts(gradients, partCount, trainedCount, range)
      if gradientFactor != 1 { S.axpy(gradientFactor - 1, UnsafeBufferPointer(sum), sum) }
      var target = parameters[range].mutableSpan
      var velocity = first[range].mutableSpan
      var scale = second[range].mutableSpan
      optimizer.update(&target, gradient: sum.span, first: &velocity, second: &scale, step: step)
    }
  }
}
