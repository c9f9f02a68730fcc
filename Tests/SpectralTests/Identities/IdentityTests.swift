import Foundation
import Spectral
import Tensors
import TestSupport
import Testing

private let names = [
  "definition", "inversion", "parseval", "mean", "hermitian-symmetry", "double-transform", "shift", "modulation",
  "difference", "projection-slice", "downsampling", "upsampling", "periodic-tiling", "zero-padding",
  "circular-convolution", "linear-convolution", "correlation", "autocorrelation", "multiplication", "commutativity",
  "associativity", "distributivity", "translation-equivariance", "separability", "overlap-add", "mass", "random-sum",
  "normal-sum",
  "circulant", "toeplitz", "im2col", "adjoint", "kernel-gradient", "transposed-convolution", "stride",
  "stride-equivariance", "dilation", "winograd-2x2", "winograd-4x4", "winograd-layer",
]

@Suite struct IdentityTests {
  @Test func everyNameIsThere() { #expect(Identity.all.map(\.name) == names) }

  /// Every error is within its bound, and the largest within four powers of ten of it.
  ///
  /// Sides that were zero, or the same computation twice, would have no error at all.
  @Test(arguments: names)
  func holdsWithinItsBoundAndComesNearIt(name: String) throws {
    let results = try [0, 1, 2].map { try Identity.named(name).verify(seed: $0) }
    for (seed, result) in results.enumerated() {
      #expect(result.map(\.precision) == ["float32", "float64"])
      #expect(result.allSatisfy { $0.passed }, "\(result), seed \(seed)")
      #expect(result.allSatisfy { $0.bound < 2e-3 }, "a bound so wide shows nothing: \(result)")
    }
    for precision in 0...1 {
      #expect(results.contains { $0[precision].error > 1e-4 * $0[precision].bound }, "\(results)")
    }
    let showsPrecisions = results.contains { $0[0].error > 1e-10 } && results.allSatisfy { $0[1].error < 1e-12 }
    #expect(showsPrecisions, "\(results)")
  }

  @Test func formulasFitTheTable() {
    for identity in Identity.all {
      #expect(identity.name.count <= 24 && identity.formula.count <= 43, "\(identity.name): \(identity.formula)")
      #expect(identity.statement.count <= 118 && identity.statement.hasSuffix("."), "\(identity.statement)")
    }
  }

  @Test(arguments: names)
  func failsWithAnInjectedFaultAtEverySize(name: String) throws {
    for size in Identity.standardSizes {
      for result in try Identity.named(name).verify(sizes: [size], injectsFault: true) {
        #expect(!result.passed, "\(result)")
        #expect(result.size.height <= size.height && result.size.width <= size.width)
      }
    }
  }

  @Test func theArticleHasEveryFormula() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Sources")
    let article = try String(
      contentsOf: sources.appendingPathComponent("Spectral/Spectral.docc/Identities.md"), encoding: .utf8)
    for identity in Identity.all { #expect(article.contains("- **\(identity.name)**: `\(identity.formula)`")) }
  }

  @Test func sameSeedSameErrors() throws {
    let identity = try Identity.named("shift")
    #expect(identity.verify(seed: 5).map(\.error) == identity.verify(seed: 5).map(\.error))
    #expect(identity.verify(seed: 5).map(\.error) != identity.verify(seed: 6).map(\.error))
  }

  @Test func sizesAndNamesAreRead() throws {
    #expect(try ImageSize(parsing: "7x12") == ImageSize(7, 12))
    #expect(throws: InputError.self) { try ImageSize(parsing: "7") }
    #expect(throws: InputError.self) { try ImageSize(parsing: "0x4") }
    let error = #expect(throws: InputError.self) { try Identity.named("parsival") }
    #expect(error?.description.contains("did you mean 'parseval'") == true)
  }
}
