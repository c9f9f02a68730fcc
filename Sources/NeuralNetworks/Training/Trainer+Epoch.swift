public import Tensors

extension Trainer {
  /// Trains on every image once.
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
    let batchSize = batchSize ?? self.batchSize
    precondition(
      batchSize >= 1 && batchSize <= self.batchSize, "expected a batch of 1 to \(self.batchSize), got \(batchSize)")
    try network.check(images, labels)
    var stream = stream
    let permutation = stream?.permutation(labels.count) ?? Array(labels.indices)
    var total = 0.0
    for (batch, start) in Swift.stride(from: 0, to: labels.count, by: batchSize).enumerated() {
      if isCancelled() { throw CancellationError() }
      let indices = permutation[start..<min(start + batchSize, labels.count)]
      load(indices, labels)
      let mean = step(images.span, count: indices.count)
      guard mean.isFinite else { throw divergence(mean, batch: batch + 1, images, indices) }
      total += mean * Double(indices.count)
    }
    epochCount += 1
    return total / Double(labels.count)
  }

  /// The loss and its gradient on one batch, without a step.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]` with N at most the trainer's batch size.
  ///   - labels: N classes, from 0.
  /// - Returns: The mean loss and the gradient with respect to each parameter.
  /// - Throws: ``InputError`` when images and labels do not fit each other or the network.
  public func gradients(images: Tensor<S>, labels: [Int]) throws -> (loss: Double, gradients: Weights<S>) {
    precondition(labels.count <= batchSize, "expected at most \(batchSize) images, got \(labels.count)")
    try network.check(images, labels)
    load(Array(labels.indices)[...], labels)
    let mean = accumulateGradients(images.span, count: labels.count)
    let parts = BatchPartition(labels.count).partCount
    let sum = Trainer.sumParts(gradients, parts, parameters.count, 0..<parameters.count)
    return (mean, Weights(flattened: sum.span, of: network))
  }

  private func load(_ indices: ArraySlice<Int>, _ labels: [Int]) {
    let (orderTarget, labelTarget) = (order.all, self.labels.all)
    for (place, index) in indices.enumerated() {
      orderTarget[place] = index
      labelTarget[place] = Int32(labels[index])
    }
  }

  private func divergence(_ loss: Double, batch: Int, _ images: Tensor<S>, _ indices: ArraySlice<Int>) -> InputError {
    let place = "training, epoch \(epochCount + 1), batch \(batch)"
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

extension Network {
  func check<S: NetworkScalar>(_ images: Tensor<S>) throws {
    guard images.rank == inputShape.count + 1, Array(images.shape.dropFirst()) == inputShape else {
      throw InputError(
        "images", "expected shape [N, \(inputShape.map(String.init).joined(separator: ", "))], found \(images.shape)")
    }
  }

  func check<S: NetworkScalar>(_ images: Tensor<S>, _ labels: [Int]) throws {
    try check(images)
    guard images.shape[0] == labels.count, !labels.isEmpty else {
      throw InputError(
        "labels", "expected one label for each of \(images.shape[0]) images and at least one, found \(labels.count)")
    }
    let classCount = outputShape.reduce(1, *)
    if let index = labels.firstIndex(where: { $0 < 0 || $0 >= classCount }) {
      throw InputError(
        "labels", "expected classes from 0 to \(classCount - 1), found \(labels[index]) at row \(index)",
        remedy: "Give the network one output per class.")
    }
  }
}
