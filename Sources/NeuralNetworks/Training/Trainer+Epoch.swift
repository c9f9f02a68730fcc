public import Tensors

extension Trainer {
  /// Trains a classifier on every image once.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]`.
  ///   - labels: N classes, from 0.
  ///   - batchSize: The images in a batch; the last one holds what is left. The trainer's size when left out.
  ///   - stream: Decides the order of the images; the order given when left out.
  ///   - isCancelled: Asked before each batch; when it says yes, the epoch ends by throwing `CancellationError`.
  /// - Returns: The mean over all images of the loss that each had just before its batch's step.
  /// - Throws: ``InputError`` when images and labels do not fit each other or the network, or when the loss stops being
  ///   finite; then it names the epoch, the batch and the likely cause, and the weights are those before that batch.
  @discardableResult
  public func trainEpoch(
    images: Tensor<S>, labels: [Int], batchSize: Int? = nil, shuffledBy stream: RandomStream? = nil,
    isCancelled: () -> Bool = { false }
  ) throws -> Double {
    try trainEpoch(
      images: images, targets: .classes(labels), batchSize: batchSize, shuffledBy: stream, isCancelled: isCancelled)
  }

  /// Trains on every image once.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]`.
  ///   - targets: What the outputs should be.
  ///   - batchSize: The images in a batch; the last one holds what is left. The trainer's size when left out.
  ///   - stream: Decides the order of the images; the order given when left out.
  ///   - isCancelled: Asked before each batch; when it says yes, the epoch ends by throwing `CancellationError`.
  /// - Returns: The mean over all images of the loss that each had just before its batch's step.
  /// - Throws: ``InputError`` when images and targets do not fit each other or the network, or when the loss stops being
  ///   finite; then it names the epoch, the batch and the likely cause, and the weights are those before that batch.
  @discardableResult
  public func trainEpoch(
    images: Tensor<S>, targets: Targets<S>, batchSize: Int? = nil, shuffledBy stream: RandomStream? = nil,
    isCancelled: () -> Bool = { false }
  ) throws -> Double {
    let batchSize = batchSize ?? self.batchSize
    precondition(
      batchSize >= 1 && batchSize <= self.batchSize, "expected a batch of 1 to \(self.batchSize), got \(batchSize)")
    try network.check(images, targets)
    try checkBatches(of: targets.count, batchSize)
    var stream = stream
    let permutation = stream?.permutation(targets.count) ?? Array(0..<targets.count)
    var total = 0.0
    for (number, start) in Swift.stride(from: 0, to: targets.count, by: batchSize).enumerated() {
      if isCancelled() { throw CancellationError() }
      let indices = permutation[start..<min(start + batchSize, targets.count)]
      batch.load(indices, targets, loss.classTargets)
      let mean = step(images.span, count: indices.count)
      guard mean.isFinite else { throw divergence(mean, batch: number + 1, images, indices) }
      total += mean * Double(indices.count)
    }
    epochCount += 1
    return total / Double(targets.count)
  }

  /// The loss and its gradient on one batch, without a step.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]` with N at most the trainer's batch size.
  ///   - labels: N classes, from 0.
  /// - Returns: The mean loss, its penalty included, and the gradient with respect to each trained tensor.
  /// - Throws: ``InputError`` when images and labels do not fit each other or the network.
  public func gradients(images: Tensor<S>, labels: [Int]) throws -> (loss: Double, gradients: Weights<S>) {
    try gradients(images: images, targets: .classes(labels))
  }

  /// The loss and its gradient on one batch, without a step.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]` with N at most the trainer's batch size.
  ///   - targets: What the outputs should be.
  /// - Returns: The mean loss, its penalty included, and the gradient with respect to each trained tensor.
  /// - Throws: ``InputError`` when images and targets do not fit each other or the network.
  public func gradients(images: Tensor<S>, targets: Targets<S>) throws -> (loss: Double, gradients: Weights<S>) {
    precondition(targets.count <= batchSize, "expected at most \(batchSize) images, got \(targets.count)")
    try network.check(images, targets)
    try checkBatches(of: targets.count, targets.count)
    batch.load(Array(0..<targets.count)[...], targets, loss.classTargets)
    let mean = accumulateGradients(images.span, count: targets.count) + penalty
    sumGradients(BatchPartition(targets.count).partCount)
    return (mean, Weights(gradients[0..<trainedCount], executor.plan.layout))
  }

  /// Refuses a division into batches whose last one is too small for a layer.
  private func checkBatches(of count: Int, _ batchSize: Int) throws {
    let last = count % batchSize == 0 ? batchSize : count % batchSize
    guard last < executor.plan.smallestBatch else { return }
    throw InputError(
      "training",
      "\(count) images in batches of \(batchSize) leave a last batch of \(last), and a batch normalization of "
        + "vectors needs at least \(executor.plan.smallestBatch) images",
      remedy: "Choose another batch size or another number of images.")
  }

  private func divergence(_ loss: Double, batch: Int, _ images: Tensor<S>, _ indices: ArraySlice<Int>) -> InputError {
    let place = "training, epoch \(epochCount + 1), batch \(batch)"
    let loss = loss.isNaN ? "not a number" : "\(loss)"
    if let index = indices.first(where: { !images[rows: $0..<$0 + 1].maximumMagnitude.isFinite }) {
      return InputError(
        place, "the loss is \(loss): image \(index) holds a value that is not finite",
        remedy: "Remove that image from the data.")
    }
    return InputError(
      place, "the loss is \(loss): the weights have grown beyond all bounds",
      remedy: "Lower the learning rate, which is \(optimizer.learningRate), or scale the images to about −1…1.")
  }
}
