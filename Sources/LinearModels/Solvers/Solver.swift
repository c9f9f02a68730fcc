import Tensors

/// The algorithm that finds the optimum; it never changes the optimum.
public enum Solver: String, Sendable, CaseIterable {
  /// ``coordinateDescent`` where the penalty has an L1 term; else ``newton`` up to 100 columns of one score per row,
  /// or up to 256 parameters of the multinomial family; else ``lbfgs``.
  case automatic
  /// Newton's method with the expected Hessian and Cholesky factorization, which is iteratively reweighted least
  /// squares (Fisher scoring), with step halving.
  case newton
  /// Limited-memory BFGS, preconditioned.
  case lbfgs
  /// Proximal Newton steps, each solved by block coordinate descent, with extrapolation; takes every penalty.
  case coordinateDescent

  /// Finds a solver by its name, such as `newton`.
  ///
  /// - Parameter name: One of the names of all cases.
  /// - Throws: `InputError` that lists the names.
  public init(named name: String) throws {
    guard let solver = Solver(rawValue: name) else {
      throw InputError("solver", "expected \(Self.allCases.map(\.rawValue).listed), got '\(name)'")
    }
    self = solver
  }

  /// The largest number of columns for which one score per row is fitted by Newton's method.
  private static let newtonColumns = 100

  /// The largest number of parameters for which the multinomial family is fitted by Newton's method.
  private static let newtonParameters = 256

  /// The algorithm for a problem and a penalty.
  func resolved(for problem: GLMProblem, _ penalty: Penalty) throws -> Solver {
    let isSmooth = penalty.isSmooth
    switch self {
    case .automatic:
      guard isSmooth else { return .coordinateDescent }
      let isSmall =
        problem.family == .multinomial
        ? problem.scoreCount * (problem.featureCount + 1) <= Self.newtonParameters
        : problem.featureCount <= Self.newtonColumns
      return isSmall ? .newton : .lbfgs
    case .newton, .lbfgs:
      guard isSmooth else {
        throw InputError(
          "solver", "\(rawValue) needs a smooth penalty, got \(penalty)",
          remedy: "Use coordinateDescent, or automatic.")
      }
      return self
    case .coordinateDescent: return self
    }
  }
}
