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

  private var chunks: ParameterChunks { ParameterChunks(count: trainedCount) }

  /// Adds the gradients of all parts, and that of the penalty, to that of the first part.
  func sumGradients(_ partCount: Int) {
    let loop = GradientSum(
      chunks: chunks, partCount: partCount, penalty: S(regularization.penalty), parameters: parameters,
      gradients: gradients)
    pool.run(chunks.chunkCount, loop)
  }

  /// The norm of the summed gradient; chunks are added in their order.
  private var gradientNorm: Double {
    var sum = 0.0
    for index in 0..<chunks.chunkCount {
      let part = UnsafeBufferPointer(gradients[chunks[index]])
      sum += Double(S.dot(part, part))
    }
    return sum.squareRoot()
  }

  private func update(partCount: Int, gradientFactor: S) {
    let sum = GradientSum(
      chunks: chunks, partCount: partCount, penalty: 0, parameters: parameters, gradients: gradients)
    let loop = ParameterUpdate(
      sum: sum, gradientFactor: gradientFactor, optimizer: optimizer, step: stepCount, first: firstMoments,
      second: secondMoments)
    pool.run(chunks.chunkCount, loop)
  }
}
