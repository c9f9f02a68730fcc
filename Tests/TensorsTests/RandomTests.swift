import Tensors
import Testing

@Suite struct RandomTests {
  /// Known answers of the Random123 distribution (`kat_vectors`, `philox4x32 10`).
  @Test func philoxKnownAnswers() {
    #expect(
      Philox.block(counter: .zero, key: .zero) == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
    #expect(
      Philox.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        == SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
    #expect(
      Philox.block(
        counter: SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), key: SIMD2(0xA409_3822, 0x299F_31D0))
        == SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
  }

  @Test func childrenDependOnlyOnTheirLabels() {
    let parent = RandomStream(seed: 7)
    var used = parent
    for _ in 0..<5 { _ = used.next() }
    var a = parent.split(3), b = used.split(3), c = parent.split(4), d = parent.split("3")
    let first = a.next()
    #expect(first == b.next())
    #expect(first != c.next())
    #expect(first != d.next())
  }

  @Test func momentsOfTheDistributions() {
    var stream = RandomStream(seed: 11)
    let count = 200_000
    let uniform = (0..<count).map { _ in stream.uniform() }
    checkMoments(uniform, mean: 0.5, variance: 1.0 / 12)
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    checkMoments((0..<count).map { _ in stream.normal() }, mean: 0, variance: 1)
    for mean in [0.0, 0.3, 4, 9.99, 10, 55, 2000] {
      checkMoments((0..<count).map { _ in Double(stream.poisson(mean: mean)) }, mean: mean, variance: mean)
    }
  }

  @Test func permutationsContainEachIndexOnce() {
    var stream = RandomStream(seed: 5)
    #expect(stream.permutation(100).sorted() == Array(0..<100))
  }

  /// Mean and variance within five standard errors of what they should be.
  private func checkMoments(_ sample: [Double], mean: Double, variance: Double) {
    let n = Double(sample.count)
    let sampleMean = sample.reduce(0, +) / n
    let sampleVariance = sample.reduce(0) { $0 + ($1 - sampleMean) * ($1 - sampleMean) } / (n - 1)
    #expect(abs(sampleMean - mean) <= 5 * (variance / n).squareRoot())
    let kurtosis = variance > 0 && variance < 1 && mean == 0.5 ? 1.8 : 3 + (mean > 0 ? 1 / mean : 0)
    #expect(abs(sampleVariance - variance) <= 5 * variance * ((kurtosis - 1) / n).squareRoot())
  }
}
