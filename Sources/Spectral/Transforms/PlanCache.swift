internal import Parallel
internal import Tensors

/// The plans of the process behind one lock, which also guards FFTW's planner and every destruction of a plan.
///
/// Executing a plan needs no lock. The cache keeps ``capacity`` plans and forgets the oldest beyond that; who still
/// holds a forgotten plan may go on using it.
enum PlanCache {
  static let capacity = 256

  private struct Key: Hashable {
    let precision: ObjectIdentifier
    let request: TransformRequest
  }

  private struct Content {
    var plans: [Key: TransformHandle] = [:]
    var order: [Key] = []
    var effort = PlanningEffort.estimate
    var knowsShippedWisdom = false

    mutating func learnShippedWisdom() {
      guard !knowsShippedWisdom else { return }
      knowsShippedWisdom = true
      _ = Float.spectralFunctions.transforms.importWisdom(ShippedWisdom.float)
      _ = Double.spectralFunctions.transforms.importWisdom(ShippedWisdom.double)
    }
  }

  private static let content = Lock(Content())

  /// The plan of a request, made now if there is none.
  static func handle<S: SpectralScalar>(_ request: TransformRequest, as precision: S.Type) -> TransformHandle {
    let key = Key(precision: ObjectIdentifier(precision), request: request)
    var forgotten: TransformHandle?
    let handle = content.withLock { content in
      if let known = content.plans[key] { return known }
      content.learnShippedWisdom()
      let handle = TransformHandle(request, content.effort, as: precision)
      content.plans[key] = handle
      content.order.append(key)
      if content.order.count > capacity { forgotten = content.plans.removeValue(forKey: content.order.removeFirst()) }
      return handle
    }
    withExtendedLifetime(forgotten) {}
    return handle
  }

  /// Plans with another effort from now on.
  static func setEffort(_ effort: PlanningEffort) { content.withLock { $0.effort = effort } }

  /// Calls FFTW's functions for wisdom under the lock.
  ///
  /// - Parameters:
  ///   - changes: Whether the wisdom changes, so that what is planned already has to be planned again.
  ///   - body: The calls; shipped wisdom is there already.
  /// - Returns: What the body returns.
  static func withWisdom<Result: Sendable>(changes: Bool, _ body: () -> Result) -> Result {
    var forgotten: [Key: TransformHandle] = [:]
    defer { withExtendedLifetime(forgotten) {} }
    return content.withLock { content in
      content.learnShippedWisdom()
      if changes {
        swap(&forgotten, &content.plans)
        content.order = []
      }
      return body()
    }
  }

  /// Runs a destruction under the lock.
  static func destroying(_ body: () -> Void) { content.withLock { _ in body() } }
}

/// A plan of FFTW, destroyed with its last owner.
///
/// `Sendable` because an FFTW plan never changes, and because its making and destruction happen under the lock of
/// ``PlanCache``.
final class TransformHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  private let destroy: @Sendable (OpaquePointer) -> Void

  /// Plans; the caller holds the lock.
  fileprivate init<S: SpectralScalar>(_ request: TransformRequest, _ effort: PlanningEffort, as precision: S.Type) {
    let library = S.spectralFunctions.transforms
    let isReal = request.kind.isOfReals
    let output = AlignedMemory<S>(count: 2 * request.extent)
    let input = request.isInPlace ? output : AlignedMemory<S>(count: 2 * request.extent)
    let plan = library.plan(
      request, effort.flags, isReal ? input.base : nil, isReal ? nil : complexPointer(input.base),
      complexPointer(output.base))
    guard let plan else { preconditionFailure("FFTW cannot plan \(request)") }
    pointer = plan
    destroy = library.destroy
  }

  deinit { PlanCache.destroying { destroy(pointer) } }
}
