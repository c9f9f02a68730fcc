import Formats
import TestSupport

/// The archives of `Fixtures/Convolution`.
enum ConvolutionFixtures {
  static func archive(_ name: String) throws -> NPZArchive {
    try NPZ.read(Places.fixture("Convolution/\(name).npz"))
  }
}
