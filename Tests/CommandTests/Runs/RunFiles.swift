import Foundation
import Testing

/// What the tests look at in a folder of runs.
enum RunFiles {
  /// The folder of the only run, or of the run of that name.
  static func folder(in runs: URL, named name: String? = nil) throws -> URL {
    if let name { return runs.appendingPathComponent(name) }
    let folders = try FileManager.default.contentsOfDirectory(at: runs, includingPropertiesForKeys: [.isDirectoryKey])
      .filter(\.hasDirectoryPath)
    return try #require(folders.count == 1 ? folders.first : nil, "\(folders)")
  }

  /// The files whose bits a run promises, by their path inside its folder.
  static func promised(in runs: URL, named name: String? = nil) throws -> [String: Data] {
    let folder = try folder(in: runs, named: name)
    let paths = try #require(FileManager.default.subpaths(atPath: folder.path)).filter { path in
      ["results.csv", "trials.csv"].contains(path)
        || ["npz", "png", "safetensors"].contains { path.hasSuffix(".\($0)") }
    }
    return try Dictionary(
      uniqueKeysWithValues: paths.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
  }

  /// The document of the run without the seconds that it took.
  static func outcome(in runs: URL, named name: String? = nil) throws -> String {
    let text = try String(
      contentsOf: folder(in: runs, named: name).appendingPathComponent("results.json"), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.contains("\"fitSeconds\"") }.joined(separator: "\n")
  }
}
