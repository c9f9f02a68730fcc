import Formats
import TestSupport

/// The archives of `Fixtures/Features`, and of `Fixtures/Bases`.
enum FeatureFixtures {
  static func archive(_ name: String, in folder: String = "Features") throws -> NPZArchive {
    try NPZ.read(Places.fixture("\(folder)/\(name).npz"))
  }
}
