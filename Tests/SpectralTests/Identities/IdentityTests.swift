import Spectral
import Tensors
import TestSupport
import Testing

private let names = [
  "circular-convolution", "linear-convolution", "correlation", "parseval", "shift", "commutativity", "associativity",
  "distributivity",
]

@Suite struct IdentityTests {
  @Test func everyNameIsThere() { #expect(Identity.all.map(\.name) == names) }

  @Test(arguments: names, [0, 1, 2] as [UInt64])
  func holdsWithinItsBound(name: String, seed: UInt64) throws {
    let results = try Identity.named(name).verify(seed: seed)
    #expect(results.map(\.precision) == ["float32", "float64"])
    for result in results {
      #expect(result.passed, "\(result), seed \(seed)")
      #expect(result.bound < 2e-3, "a bound so wide shows nothing: \(result)")
    }
  }

  /// The error is of the size that the precision explains, so that the two precisions are really computed.
  @Test(arguments: names)
  func errorsShowTheirPrecision(name: String) throws {
    let results = try Identity.named(name).verify()
    #expect(results[0].error > 1e-10 && results[1].error < 1e-12, "\(results)")
  }

  @Test(arguments: names)
  func failsWithAnInjectedFaultAtEverySize(name: String) throws {
    for size in Identity.standardSizes {
      for result in try Identity.named(name).verify(sizes: [size], injectsFault: true) {
        #expect(!result.passed, "\(result)")
        #expect(result.size == size)
      }
    }
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
