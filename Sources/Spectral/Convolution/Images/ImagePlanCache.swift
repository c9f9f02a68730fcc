internal import Parallel
internal import Tensors

/// The plans of the latest calls of `convolve` and `crossCorrelate`, so that a call like an earlier one does not plan.
///
/// It keeps ``capacity`` plans, which are some hundred bytes each beside the transforms that ``PlanCache`` keeps anyway, and
/// forgets the oldest beyond that. A plan for large images is made each time: it takes no part of such a call's time worth
/// mentioning, and is refused where there is no memory for it.
enum ImagePlanCache {
  static let capacity = 32
  private static let largestImages = 1 << 22

  private struct Key: Hashable {
    let request: ConvolutionRequest
    let images: [Int]
    let kernel: [Int]
    let method: ConvolutionMethod
    let precision: ObjectIdentifier
  }

  private struct Content {
    var entries: [Key: any Sendable] = [:]
    var order: [Key] = []
  }

  /// A plan for kernels of full rank, and whether another may do for one of low rank.
  private struct Entry<S: SpectralScalar>: Sendable {
    let plan: ImageConvolutionPlan<S>
    let dependsOnRank: Bool
  }

  private static let content = Lock(Content())

  /// The plan of a call.
  ///
  /// - Parameters:
  ///   - request: What is to be computed.
  ///   - images: The shape of the images.
  ///   - kernel: The kernel or bank.
  ///   - method: How to compute it.
  /// - Returns: The plan, of an earlier call or made now.
  /// - Throws: ``InputError`` as the making of a plan does.
  static func plan<S: SpectralScalar>(
    _ request: ConvolutionRequest, images: [Int], for kernel: Tensor<S>, method: ConvolutionMethod
  ) throws -> ImageConvolutionPlan<S> {
    let key = Key(
      request: request, images: images, kernel: kernel.shape, method: method, precision: ObjectIdentifier(S.self))
    let entry = try content.withLock { $0.entries[key] } as? Entry<S> ?? makeEntry(key, kernel.shape)
    let plan = entry.plan
    guard entry.dependsOnRank,
      let rank = ConvolutionPlanner.reproducible.usefulRank(of: kernel, in: plan.work, tolerance: nil)
    else { return plan }
    return try ImageConvolutionPlan(
      request, images: images, kernel: kernel.shape, kernelRank: rank, purpose: .single, method: method)
  }

  private static func makeEntry<S: SpectralScalar>(_ key: Key, _ kernel: [Int]) throws -> Entry<S> {
    let plan = try ImageConvolutionPlan<S>(
      key.request, images: key.images, kernel: kernel, purpose: .single, method: key.method)
    let mayDepend = key.method == .automatic && kernel.count == 2
    let entry = Entry(
      plan: plan,
      dependsOnRank: mayDepend && ConvolutionPlanner.reproducible.dependsOnRank(plan.work, as: S.self))
    guard key.images.reduce(1, *) <= largestImages else { return entry }
    content.withLock { content in
      guard content.entries.updateValue(entry, forKey: key) == nil else { return }
      content.order.append(key)
      if content.order.count > capacity { content.entries[content.order.removeFirst()] = nil }
    }
    return entry
  }
}
