/// A dense array with a shape: contiguous, row-major, with value semantics.
///
/// Images are `[N, C, H, W]`, one image is `[H, W]`. Copies share their memory until one of them is changed. The
/// memory is 64-byte aligned, as wide vector loads and FFTW like it. Elements are plain bits: numbers, or structures of
/// numbers such as swift-numerics' `Complex`, which does not declare itself `BitwiseCopyable`; others trap.
public struct Tensor<Element: Sendable>: Sendable {
  /// The size of each axis, slowest first; empty for a single number.
  public private(set) var shape: [Int]

  @usableFromInline var storage: TensorStorage<Element>

  /// The number of elements, the product of the shape.
  @inlinable public var count: Int { storage.count }

  /// The number of axes.
  @inlinable public var rank: Int { shape.count }

  /// Creates a tensor whose elements are all the same.
  ///
  /// - Parameters:
  ///   - value: The element.
  ///   - shape: The size of each axis, none negative.
  public init(repeating value: Element, shape: [Int]) {
    self.init(shape: shape) { elements in
      for index in elements.indices { elements[index] = value }
    }
  }

  /// Creates a tensor from its elements in row-major order.
  ///
  /// - Parameters:
  ///   - elements: As many elements as the shape has places.
  ///   - shape: The size of each axis; a vector when left out.
  public init(_ elements: [Element], shape: [Int]? = nil) {
    let shape = shape ?? [elements.count]
    precondition(
      shape.reduce(1, *) == elements.count,
      "expected \(shape.reduce(1, *)) elements for shape \(shape), got \(elements.count)")
    self.init(shape: shape) { buffer in _ = buffer.initialize(from: elements) }
  }

  /// Creates a tensor whose elements the closure writes.
  ///
  /// - Parameters:
  ///   - shape: The size of each axis, none negative.
  ///   - initialize: Receives the uninitialised elements in row-major order and must write every one.
  @inlinable
  public init(shape: [Int], initializingWith initialize: (UnsafeMutableBufferPointer<Element>) throws -> Void) rethrows
  {
    precondition(shape.allSatisfy { $0 >= 0 }, "expected sizes of at least 0, got shape \(shape)")
    self.init(uncheckedShape: shape, storage: TensorStorage(count: shape.reduce(1, *)))
    try initialize(UnsafeMutableBufferPointer(start: storage.base, count: storage.count))
  }

  @usableFromInline
  init(uncheckedShape shape: [Int], storage: TensorStorage<Element>) {
    self.shape = shape
    self.storage = storage
  }

  /// The elements in row-major order.
  public var elements: [Element] { Array(UnsafeBufferPointer(start: storage.base, count: count)) }

  /// The same elements under another shape of the same number of places, without a copy.
  ///
  /// - Parameter shape: The new shape; one size may be −1, which stands for what is left.
  /// - Returns: A tensor that shares the memory.
  public func reshaped(_ shape: [Int]) -> Tensor {
    let known = shape.filter { $0 >= 0 }.reduce(1, *)
    let newShape = shape.map { $0 == -1 ? (known == 0 ? 0 : count / known) : $0 }
    precondition(
      shape.allSatisfy { $0 >= -1 } && shape.count(where: { $0 == -1 }) <= 1 && newShape.reduce(1, *) == count,
      "expected a shape of \(count) elements, got \(shape)")
    return Tensor(uncheckedShape: newShape, storage: storage)
  }
}

extension Tensor: Equatable where Element: Equatable {
  /// Whether shapes and elements are equal; as for numbers, NaN equals nothing.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape
      && left.withUnsafeBufferPointer { a in right.withUnsafeBufferPointer { b in a.elementsEqual(b) } }
  }
}
