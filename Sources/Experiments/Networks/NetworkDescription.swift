import Datasets
import Formats
import Foundation
import Tensors

/// A network that a YAML file describes, as a comparison keeps it: by its text, whatever becomes of the file.
public struct NetworkDescription: Codable, Sendable, Equatable {
  /// The file as it was named; paths in the text start from its folder.
  public let path: String
  /// What the file said.
  public let text: String
  /// A fingerprint of the text and of the weights files that it starts from.
  public let checksum: String

  /// Reads a file.
  ///
  /// - Parameter path: A path that ends in `.yaml` or `.yml`.
  /// - Throws: `InputError` where it cannot be read or is not YAML, or where its name cannot be that of a model.
  init(_ path: String) throws {
    let file = try NetworkFile(URL(fileURLWithPath: path))
    self.path = path
    text = file.source
    var hash = FNV1a()
    for byte in text.utf8 { hash.add(byte: byte) }
    for url in file.weightFiles { for byte in try ByteSource(url).allBytes() { hash.add(byte: byte) } }
    checksum = hash.digits
    try checkName()
  }

  /// What models with this network are called: the file's name without folder and ending.
  public var name: String { NetworkReference.shortName(path) }

  /// The description, parsed.
  ///
  /// - Throws: `InputError` where it is not YAML.
  var file: NetworkFile { get throws { try NetworkFile(text: text, from: URL(fileURLWithPath: path)) } }

  /// Whether what a user typed is the path of a network file.
  static func isPath(_ text: String) -> Bool {
    ["yaml", "yml"].contains((text as NSString).pathExtension.lowercased())
  }

  private func checkName() throws {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_.".unicodeScalars.contains(scalar)
    }
    guard isPlain else {
      throw InputError(
        path, "'\(name)' cannot name a model", remedy: "Rename the file with letters, digits, '-', '_' and '.'.")
    }
    if ModelRequest.words.contains(name) {
      throw InputError(path, "'\(name)' is the name of another model", remedy: "Rename the file.")
    }
  }
}
