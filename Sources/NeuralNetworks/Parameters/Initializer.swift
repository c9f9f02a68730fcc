public import Tensors

/// Where the first values of a tensor come from.
///
/// Fans of a weight `[J, K]` or `[F, C, kh, kw]`: *in*, the numbers that one output sums over, K or C·kh·kw; *out*, the
/// outputs that one number goes to, J or F·kh·kw; as in PyTorch.
public enum Initializer: Equatable, Sendable {
  /// The same number everywhere.
  case constant(Double)
  /// The uniform distribution on [−bound, bound).
  case uniform(bound: Double)
  /// The normal distribution with mean 0.
  case normal(deviation: Double)
  /// Uniform with bound √(6/(in + out)): X. Glorot and Y. Bengio, *Understanding the difficulty of training deep
  /// feedforward neural networks*, AISTATS 2010; `torch.nn.init.xavier_uniform_`.
  case glorot
  /// Normal with deviation √(2/in): K. He, X. Zhang, S. Ren and J. Sun, *Delving deep into rectifiers*, ICCV 2015;
  /// `torch.nn.init.kaiming_normal_`.
  case he
  /// Orthonormal rows, or columns where there are fewer: A. M. Saxe, J. L. McClelland and S. Ganguli, *Exact solutions to
  /// the nonlinear dynamics of learning in deep linear neural networks*, ICLR 2014; `torch.nn.init.orthogonal_`.
  case orthogonal
  /// Given values, such as the atoms of a basis or the filters of another network.
  case values(Tensor<Double>)

  /// Zeros.
  public static let zeros = Initializer.constant(0)

  /// PyTorch's default for weights and biases of dense and convolution layers: uniform with bound 1/√fanIn.
  ///
  /// For weights this is `kaiming_uniform_(a=sqrt(5))`, whose bound √(6 / ((1 + 5)·fanIn)) is the same number.
  ///
  /// - Parameter fanIn: The number of inputs that one output sums over.
  /// - Returns: The initializer.
  public static func standard(fanIn: Int) -> Initializer { .uniform(bound: 1 / Double(max(1, fanIn)).squareRoot()) }

  /// The filters of a convolution from atoms: filter f of every channel is atom f, divided by the number of channels.
  ///
  /// - Parameters:
  ///   - atoms: `[F, kh, kw]`.
  ///   - channels: C, the channels that each filter sees.
  /// - Returns: Values `[F, C, kh, kw]`.
  public static func atoms(_ atoms: Tensor<Double>, channels: Int = 1) -> Initializer {
    precondition(atoms.rank == 3 && channels >= 1, "expected atoms [F, kh, kw], got shape \(atoms.shape)")
    let (count, size) = (atoms.shape[0], atoms.shape[1] * atoms.shape[2])
    let values = Tensor<Double>(shape: [count, channels, atoms.shape[1], atoms.shape[2]]) { target in
      atoms.withUnsafeBufferPointer { atoms in
        for index in target.indices {
          target[index] = atoms[index / (channels * size) * size + index % size] / Double(channels)
        }
      }
    }
    return .values(values)
  }

  /// The shape that given values have; `nil` where any shape can be drawn.
  var shape: [Int]? { if case .values(let tensor) = self { tensor.shape } else { nil } }

  /// Draws a tensor.
  ///
  /// - Parameters:
  ///   - shape: The shape.
  ///   - stream: Where the random numbers come from; each tensor has a stream of its own.
  /// - Returns: The tensor.
  public func makeTensor<S: Scalar>(_ shape: [Int], from stream: RandomStream) -> Tensor<S> {
    var stream = stream
    let fanIn = shape.dropFirst().reduce(1, *)
    let fanOut = (shape.first ?? 1) * shape.dropFirst(2).reduce(1, *)
    switch self {
    case .constant(let value): return Tensor(repeating: S(value), shape: shape)
    case .uniform(let bound): return Self.filled(shape) { stream.uniform(in: -bound..<bound) }
    case .normal(let deviation): return Self.filled(shape) { deviation * stream.normal() }
    case .glorot:
      let bound = (6 / Double(fanIn + fanOut)).squareRoot()
      return Self.filled(shape) { stream.uniform(in: -bound..<bound) }
    case .he:
      let deviation = (2 / Double(max(1, fanIn))).squareRoot()
      return Self.filled(shape) { deviation * stream.normal() }
    case .orthogonal:
      return Self.orthogonal(rows: shape.first ?? 1, columns: fanIn, &stream).reshaped(shape).map { S($0) }
    case .values(let tensor):
      precondition(tensor.shape == shape, "expected values of shape \(shape), got \(tensor.shape)")
      return tensor.map { S($0) }
    }
  }

  private static func filled<S: Scalar>(_ shape: [Int], _ draw: () -> Double) -> Tensor<S> {
    Tensor(shape: shape) { target in
      for index in target.indices { target[index] = S(draw()) }
    }
  }

  /// Q of a random normal matrix, which has the uniform distribution since R's diagonal is positive.
  private static func orthogonal(rows: Int, columns: Int, _ stream: inout RandomStream) -> Tensor<Double> {
    let normal: Tensor<Double> = filled([max(rows, columns), min(rows, columns)]) { stream.normal() }
    let q = QRFactorization(normal).q
    return rows >= columns ? q : q.transposed
  }
}
