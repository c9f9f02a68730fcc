import Tensors

/// The description of one layer: what it makes of a shape, what it learns, and what it costs.
///
/// A layer holds no numbers and knows no precision. Shapes are those of one item, without the batch: `[C, H, W]` for
/// images, `[C, L]` for signals, `[K]` for vectors. ``makePlan(for:as:in:)`` makes the part that computes.
public protocol Layer: NetworkElement {
  /// The name that errors and summaries print, such as `"Conv2D"`.
  var name: String { get }

  /// The shape of the output for an input of the given shape.
  ///
  /// - Parameter inputShape: The shape of one item.
  /// - Returns: The shape of one output.
  /// - Throws: ``LayerShapeError`` when the layer cannot take this shape.
  func outputShape(for inputShape: [Int]) throws -> [Int]

  /// What the layer learns and what state it keeps, in the order of PyTorch's `state_dict`; state comes last.
  ///
  /// - Parameter inputShape: A shape that ``outputShape(for:)`` accepts.
  /// - Returns: One description per tensor.
  func parameters(for inputShape: [Int]) -> [ParameterDescription]

  /// The uses of trainable weights and biases for one item, padded positions counted (LeCun's "connections").
  ///
  /// - Parameter inputShape: A shape that ``outputShape(for:)`` accepts.
  /// - Returns: The number of links.
  func linkCount(for inputShape: [Int]) -> Int

  /// The real multiply-adds of the layer for one item; comparisons, biases and activation functions are not counted.
  ///
  /// - Parameter inputShape: A shape that ``outputShape(for:)`` accepts.
  /// - Returns: The number of multiply-adds.
  func operationCount(for inputShape: [Int]) -> Int

  /// Makes the part that computes.
  ///
  /// - Parameters:
  ///   - inputShape: A shape that ``outputShape(for:)`` accepts.
  ///   - type: The precision.
  ///   - context: What the plan is made for.
  /// - Returns: The plan.
  /// - Throws: An error when no plan exists for this shape.
  func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S>
}

extension Layer {
  /// None: most layers learn nothing.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] { [] }

  /// 0: a layer without parameters has no links.
  public func linkCount(for inputShape: [Int]) -> Int { 0 }

  /// 0: a layer that only compares, copies or evaluates a function multiplies nothing.
  public func operationCount(for inputShape: [Int]) -> Int { 0 }

  /// Appends the layer as one node.
  public func append(to graph: inout NetworkGraph, at key: String) throws { try graph.append(self, at: key) }
}

/// A shape that a layer cannot take.
public struct LayerShapeError: Error, Equatable, Sendable {
  /// What the layer takes, in words: `"8 channels"`.
  public let expected: String
  /// The shape that came.
  public let found: [Int]

  /// Creates the error.
  ///
  /// - Parameters:
  ///   - expected: What the layer takes, in words.
  ///   - found: The shape that came.
  public init(expected: String, found: [Int]) {
    self.expected = expected
    self.found = found
  }
}
