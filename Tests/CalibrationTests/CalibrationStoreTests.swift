import Calibration
import Foundation
import Spectral
import TestSupport
import Testing

@Suite struct CalibrationStoreTests {
  private func inStore(_ body: (CalibrationStore) throws -> Void) throws {
    try Places.withTemporaryFolder { try body(CalibrationStore(CacheFolder($0.appendingPathComponent("a/b")))) }
  }

  private func write(_ text: String, to store: CalibrationStore) throws {
    try FileManager.default.createDirectory(at: store.folder.url, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: store.path))
  }

  @Test func whatIsSavedIsLoaded() throws {
    try inStore { store in
      #expect(try store.load() == nil)
      var models = CostModels.builtIn
      models.float = models.double
      try store.save(.builtIn)
      try store.save(models)
      let loaded = try #require(try store.load())
      #expect(loaded.models == models)
      #expect(try Date(loaded.date, strategy: .iso8601).timeIntervalSinceNow > -3600)
      let files = try FileManager.default.contentsOfDirectory(atPath: store.folder.url.path).sorted()
      #expect(files == ["calibration.json", "lock"])
    }
  }
}
