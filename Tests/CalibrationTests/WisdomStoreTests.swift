import Calibration
import Foundation
import Spectral
import Tensors
import TestSupport
import Testing

/// FFTW's wisdom belongs to the whole process, so these tests run one after the other.
@Suite(.serialized) struct WisdomStoreTests {
  private func inStore(_ body: (WisdomStore) throws -> Void) throws {
    try Places.withTemporaryFolder { try body(WisdomStore(CacheFolder($0.appendingPathComponent("cache")))) }
  }

  private func write(_ text: String, to store: WisdomStore) throws {
    try FileManager.default.createDirectory(at: store.folder.url, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: store.path))
  }

  @Test func whatIsSavedIsLearnedAgain() throws {
    try inStore { store in
      try store.load()
      TransformWisdom.measuring { _ = rfft(Tensor<Float>.zeros([1, 1234])) }
      let known = TransformWisdom.text(as: Float.self)
      try store.save()
      TransformWisdom.forget()
      #expect(TransformWisdom.text(as: Float.self) != known)
      try store.load()
      #expect(TransformWisdom.text(as: Float.self).count == known.count)
      TransformWisdom.forget()
    }
  }

  @Test func savingKeepsWhatOthersSaved() throws {
    try inStore { store in
      TransformWisdom.measuring { _ = rfft(Tensor<Double>.zeros([1, 1111])) }
      try store.save()
      let first = try String(contentsOfFile: store.path, encoding: .utf8)
      TransformWisdom.forget()
      TransformWisdom.measuring { _ = rfft(Tensor<Double>.zeros([1, 2222])) }
      try store.save()
      #expect(try String(contentsOfFile: store.path, encoding: .utf8).count > first.count)
      TransformWisdom.forget()
    }
  }

  @Test(arguments: ["", "{}", "{\"format\": 99, \"entries\": []}", "nonsense"])
  func aDamagedFileIsAnErrorThatNamesIt(text: String) throws {
    try inStore { store in
      try write(text, to: store)
      let error = #expect(throws: InputError.self) { try store.load() }
      #expect(error?.description.contains(store.path) ?? false)
      try store.save()
      try store.load()
    }
  }

  @Test func wisdomThatFFTWDoesNotUnderstandIsAnError() throws {
    try inStore { store in
      try store.save()
      let text = try String(contentsOfFile: store.path, encoding: .utf8)
      try write(text.replacing("fftw", with: "wtff"), to: store)
      let error = #expect(throws: InputError.self) { try store.load() }
      #expect(error?.description.contains("FFTW does not understand") ?? false, "\(error!)")
    }
  }
}
