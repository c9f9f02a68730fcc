import Formats
import Foundation
import Parallel
import Spectral
import Tensors

/// FFTW's wisdom of every machine that shares the folder, as one JSON document.
struct WisdomFile: Codable {
  /// What wisdom holds for.
  struct Key: Codable, Hashable {
    let processor: String
    let library: String
    let precision: String

    static func current<S: SpectralScalar>(_ precision: S.Type) -> Key {
      Key(processor: Processor.name, library: LibraryVersion.fftw.version, precision: S.name)
    }
  }

  private struct Entry: Codable {
    let key: Key
    let text: String
  }

  static let name = "wisdom.json"
  private static let currentFormat = 1

  private let format: Int
  private var entries: [Entry] = []

  init() { format = Self.currentFormat }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - data: Its bytes.
  ///   - path: What an error calls it.
  /// - Throws: `InputError` where it is damaged, or not one of this version.
  init(_ data: Data, path: String) throws {
    guard let file = try? JSONDecoder().decode(WisdomFile.self, from: data), file.format == Self.currentFormat else {
      throw InputError(path, "is damaged or of another version of basislab")
    }
    self = file
  }

  /// The wisdom of a key.
  subscript(key: Key) -> String? {
    get { entries.first { $0.key == key }?.text }
    set {
      entries.removeAll { $0.key == key }
      if let newValue { entries.append(Entry(key: key, text: newValue)) }
    }
  }

  func encoded() throws -> Data { Data(try JSONText.encode(self).utf8 + [UInt8(ascii: "\n")]) }
}
