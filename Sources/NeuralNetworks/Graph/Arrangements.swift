/// Pieces in a row that take one position together, as a `torch.nn.Sequential` within another.
public struct Sequential: NetworkElement {
  private let elements: [any NetworkElement]

  /// Creates the row; an empty one passes its value on.
  public init(_ elements: [any NetworkElement]) { self.elements = elements }

  /// Creates the row.
  public init(@NetworkBuilder _ elements: () -> [any NetworkElement]) { self.init(elements()) }

  /// Appends the pieces one after the other.
  public func append(to graph: inout NetworkGraph, at key: String) throws { try graph.append(elements, at: key) }
}

/// Branches that read the same value and are joined at the end.
///
/// Keys: the position of the branch within this one, so that `Branches(.sum) { Sequential { … }; Identity() }` has the
/// keys of a `torch.nn.ModuleList`.
public struct Branches: NetworkElement {
  private let join: Join
  private let branches: [any NetworkElement]

  /// Creates branches.
  ///
  /// - Parameters:
  ///   - join: How their values become one.
  ///   - branches: At least one; ``Identity`` passes the value on.
  public init(_ join: Join, _ branches: [any NetworkElement]) {
    precondition(!branches.isEmpty, "expected at least one branch")
    self.join = join
    self.branches = branches
  }

  /// Creates branches, one for each piece.
  public init(_ join: Join, @NetworkBuilder _ branches: () -> [any NetworkElement]) { self.init(join, branches()) }

  /// Appends all branches and the joining.
  public func append(to graph: inout NetworkGraph, at key: String) throws {
    let input = graph.current
    let values = try branches.enumerated().map { position, branch in
      graph.current = input
      try branch.append(to: &graph, at: "\(key).\(position)")
      return graph.current
    }
    try graph.append(join, of: values, at: key)
  }
}

/// What pieces make of a value, added to the value: y = x + f(x).
///
/// K. He, X. Zhang, S. Ren and J. Sun, *Deep residual learning for image recognition*, CVPR 2016.
public struct Residual: NetworkElement {
  private let branches: Branches

  /// Creates the block.
  ///
  /// - Parameters:
  ///   - shortcut: What stands in the other branch, where sizes change.
  ///   - elements: f, in a row.
  public init(shortcut: any NetworkElement = Identity(), @NetworkBuilder _ elements: () -> [any NetworkElement]) {
    branches = Branches(.sum, [Sequential(elements()), shortcut])
  }

  /// Appends both branches and their sum.
  public func append(to graph: inout NetworkGraph, at key: String) throws { try branches.append(to: &graph, at: key) }
}

/// Joins the value at hand with earlier ones that have a label: the skip from an encoder to a decoder.
public struct Merge: NetworkElement {
  private let join: Join
  private let labels: [String]

  /// Creates the joining.
  ///
  /// - Parameters:
  ///   - join: How the values become one; the value at hand is the first.
  ///   - labels: The labels of the others.
  public init(_ join: Join, with labels: [String]) {
    self.join = join
    self.labels = labels
  }

  /// Creates the joining.
  public init(_ join: Join, with labels: String...) { self.init(join, with: labels) }

  /// Appends the joining.
  public func append(to graph: inout NetworkGraph, at key: String) throws {
    try graph.append(join, of: [graph.current] + labels.map { try graph.value(labelled: $0) }, at: key)
  }
}

/// A piece whose value has a name.
struct Labelled<Base: NetworkElement>: NetworkElement {
  let base: Base
  let label: String

  func append(to graph: inout NetworkGraph, at key: String) throws {
    try base.append(to: &graph, at: key)
    try graph.label(label)
  }
}

/// A piece whose parameters are not trained.
struct Frozen<Base: NetworkElement>: NetworkElement {
  let base: Base

  func append(to graph: inout NetworkGraph, at key: String) throws {
    try graph.appendFrozen { try base.append(to: &$0, at: key) }
  }
}

extension NetworkElement {
  /// The same piece, whose value later pieces find by a name; see ``Merge``.
  public func labelled(_ label: String) -> some NetworkElement { Labelled(base: self, label: label) }

  /// The same piece with all its parameters as they are: they are not trained.
  ///
  /// As in PyTorch, a frozen batch normalization goes on using, and keeping, the statistics of its batches in training.
  public func frozen() -> some NetworkElement { Frozen(base: self) }
}
