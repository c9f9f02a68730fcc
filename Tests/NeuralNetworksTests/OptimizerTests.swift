import Foundation
import NeuralNetworks
import Testing

@Suite struct OptimizerTests {
  /// Follows f(p) = ½·p² from p = 1 for some steps, recording p.
  private func path(_ optimizer: any Optimizer, steps: Int) -> [Double] {
    var (parameters, first, second) = ([1.0], [0.0], [0.0])
    return (1...steps).map { step in
      let gradient = parameters
      var target = parameters.mutableSpan
      var firstMoment = first.mutableSpan
      var secondMoment = second.mutableSpan
      optimizer.update(
        &target, gradient: gradient.span, first: &firstMoment, second: &secondMoment, step: step)
      return parameters[0]
    }
  }

  @Test func descendsByHand() {
    #expect(path(SGD(learningRate: 0.5), steps: 3) == [0.5, 0.25, 0.125])
    #expect(path(SGD(learningRate: 0.5, momentum: 0.5), steps: 3) == [0.5, 0, -0.25])
    #expect(path(SGD(learningRate: 0.25, weightDecay: 1), steps: 2) == [0.5, 0.25])
  }

  @Test func adamsFirstStepIsTheLearningRate() {
    let path = path(Adam(learningRate: 0.1), steps: 2)
    #expect(abs(path[0] - 0.9) < 1e-8)
    let first = (0.9 * 0.1 + 0.1 * 0.9) / (1 - 0.81)
    let second = (0.999 * 0.001 + 0.001 * 0.81) / (1 - 0.998001)
    #expect(abs(path[1] - (0.9 - 0.1 * first / second.squareRoot())) < 1e-7)
  }

  @Test func adamsDecays() {
    #expect(abs(path(Adam(learningRate: 0.1, weightDecay: 0.5, decay: .decoupled), steps: 1)[0] - 0.85) < 1e-8)
    let penalty = path(Adam(learningRate: 0.1, epsilon: 1, weightDecay: 1), steps: 1)[0]
    #expect(abs(penalty - (1 - 0.1 * 2 / 3)) < 1e-12)
  }
}
