import Foundation
import Spectral
import Tensors

/// FFTW's wisdom about this machine, kept in a ``CacheFolder``.
public struct WisdomStore: Sendable {
  /// Where it is kept.
  public let folder: CacheFolder

  /// Names the folder.
  public init(_ folder: CacheFolder = .standard) { self.folder = folder }

  /// The file.
  public var path: String { folder.url.appendingPathComponent(WisdomFile.name).path }

  /// Teaches FFTW what is kept; transforms planned from now on use it, and may have other bits than before.
  ///
  /// - Throws: `InputError` where the file, or the wisdom in it, cannot be used.
  public func load() throws {
    guard let data = try folder.read(WisdomFile.name) else { return }
    try learn(try WisdomFile(data, path: path))
  }

  /// Keeps what FFTW knows, together with what other processes have kept meanwhile.
  ///
  /// - Throws: `InputError` where the folder cannot be written.
  public func save() throws {
    try folder.update(WisdomFile.name) { data in
      var file = data.flatMap { try? WisdomFile($0, path: path) } ?? WisdomFile()
      try? learn(file)
      file[.current(Float.self)] = TransformWisdom.text(as: Float.self)
      file[.current(Double.self)] = TransformWisdom.text(as: Double.self)
      return try file.encoded()
    }
  }

  private func learn(_ file: WisdomFile) throws {
    for precision in [Float.self, Double.self] as [any SpectralScalar.Type] { try learn(file, as: precision) }
  }

  private func learn<S: SpectralScalar>(_ file: WisdomFile, as precision: S.Type) throws {
    guard let text = file[.current(precision)] else { return }
    guard TransformWisdom.learn(text, as: precision) else {
      throw InputError(path, "FFTW does not understand its wisdom in \(S.name)")
    }
  }
}
