import Experiments
import Testing

@Suite struct TrialPathTests {
  @Test func ridgesAreDecades() {
    #expect(TrialPath.ridges(8) == [100, 10, 1, 0.1, 0.01, 0.001, 0.0001, 0.00001])
    #expect(TrialPath.ridges(1).count == 1)
  }

  @Test func epochsGrowByAFactor() {
    #expect(TrialPath.epochs(6, upTo: 64) == [2, 4, 8, 16, 32, 64])
    #expect(TrialPath.epochs(1, upTo: 30) == [30])
    #expect(TrialPath.epochs(1, upTo: 1) == [1])
  }

  @Test(arguments: 1...20, [20, 21, 37, 64, 1000])
  func epochsAreDifferentAndEndWithTheLast(count: Int, last: Int) {
    let epochs = TrialPath.epochs(count, upTo: last)
    #expect(epochs.count == count && epochs.last == last)
    #expect(zip(epochs, epochs.dropFirst()).allSatisfy { $0 < $1 } && epochs[0] >= 1)
  }
}
