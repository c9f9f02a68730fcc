/// The cross-entropy −Σ_k w_k·q_k·log softmax(z)_k of logits z, as `torch.nn.CrossEntropyLoss`.
///
/// q is the target row, 1 for the true class; with label smoothing ε it becomes (1 − ε)·q + ε/K. With class weights the
/// loss of a batch is divided by the weights of the true classes. Computed as log Σⱼ e^(zⱼ − max z) + max z − z_k, which
/// neither overflows nor loses small differences.
///
/// C. Szegedy et al., *Rethinking the Inception architecture for computer vision*, CVPR 2016 (label smoothing).
public struct SoftmaxCrossEntropy: Loss {
  /// ε, the share of the target that is spread over all classes.
  public let labelSmoothing: Double
  /// w, a weight per class; ones when left out.
  public let classWeights: [Double]?

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - labelSmoothing: ε, from 0 to 1.
  ///   - classWeights: A weight per class, none negative.
  public init(labelSmoothing: Double = 0, classWeights: [Double]? = nil) {
    precondition((0...1).contains(labelSmoothing), "expected a label smoothing from 0 to 1, got \(labelSmoothing)")
    precondition(
      classWeights?.allSatisfy { $0 >= 0 } != false, "expected no negative weight, got \(classWeights ?? [])")
    self.labelSmoothing = labelSmoothing
    self.classWeights = classWeights
  }

  /// Σ w of the true classes.
  public func weight<S: NetworkScalar>(of targets: Span<S>, count: Int) -> Double {
    guard let classWeights else { return Double(count) }
    return targets.indices.reduce(0.0) { $0 + Double(targets[$1]) * classWeights[$1 % classWeights.count] }
  }

  /// Computes the losses of some items of a batch and their gradient.
  ///
  /// - Parameters:
  ///   - outputs: The logits, `[count, K]`.
  ///   - targets: The share of each class, `[count, K]`.
  ///   - count: The number of items.
  ///   - scale: What the gradient is multiplied by.
  ///   - gradient: Overwritten.
  /// - Returns: The sum of the losses.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    check(outputs, targets, gradient, count)
    guard count > 0 else { return 0 }
    let classes = outputs.count / count
    precondition(
      classWeights == nil || classWeights?.count == classes,
      "expected \(classes) class weights, got \(classWeights?.count ?? 0)")
    return outputs.withUnsafeBufferPointer { logits in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer { gradient in
          withWeights { weights in
            S.layerFunctions.losses.crossEntropy(
              count, classes, logits.baseAddress!, targets.baseAddress!, weights, S(labelSmoothing), scale,
              gradient.baseAddress!)
          }
        }
      }
    }
  }

  private func withWeights<S: NetworkScalar>(_ body: (UnsafePointer<S>?) -> Double) -> Double {
    guard let classWeights else { return body(nil) }
    return withUnsafeTemporaryAllocation(of: S.self, capacity: classWeights.count) { weights in
      for (place, weight) in classWeights.enumerated() { weights[place] = S(weight) }
      return body(UnsafePointer(weights.baseAddress!))
    }
  }
}
