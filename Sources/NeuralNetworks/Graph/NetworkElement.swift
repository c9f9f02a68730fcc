/// A piece of a network's description: a layer, or an arrangement of pieces.
///
/// Pieces stand in a row at positions 0, 1, …; an arrangement takes one position and numbers its own pieces within it, so
/// that keys read as those of nested `torch.nn.Sequential` and `torch.nn.ModuleList`: `"3.0.weight"`.
public protocol NetworkElement: Sendable {
  /// Appends the piece to a graph, reading the graph's current value and leaving its own there.
  ///
  /// - Parameters:
  ///   - graph: The graph so far.
  ///   - key: The position, such as `"3"` or `"3.0"`.
  /// - Throws: `InputError` naming the layer, what it expects and what it would receive.
  func append(to graph: inout NetworkGraph, at key: String) throws
}

/// Collects the pieces of a network in the order in which they are written.
@resultBuilder
public enum NetworkBuilder {
  /// One piece.
  public static func buildExpression(_ element: any NetworkElement) -> [any NetworkElement] { [element] }

  /// Several pieces.
  public static func buildExpression(_ elements: [any NetworkElement]) -> [any NetworkElement] { elements }

  /// Pieces in a row.
  public static func buildBlock(_ parts: [any NetworkElement]...) -> [any NetworkElement] { parts.flatMap { $0 } }

  /// Pieces under a condition.
  public static func buildOptional(_ part: [any NetworkElement]?) -> [any NetworkElement] { part ?? [] }

  /// The pieces of one branch of a condition.
  public static func buildEither(first part: [any NetworkElement]) -> [any NetworkElement] { part }

  /// The pieces of the other branch.
  public static func buildEither(second part: [any NetworkElement]) -> [any NetworkElement] { part }

  /// The pieces of a loop.
  public static func buildArray(_ parts: [[any NetworkElement]]) -> [any NetworkElement] { parts.flatMap { $0 } }
}
