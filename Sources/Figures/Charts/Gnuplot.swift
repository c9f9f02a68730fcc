import Formats
import Foundation
import Tensors

/// The program that draws charts.
enum Gnuplot {
  /// What a picture is written as.
  enum Format: String {
    case svg, png
    /// SVG without paper.
    case embedded = "svg without paper"

    /// What the program calls it, for a picture of so many pixels.
    func terminal(width: Int, height: Int, fontSize: Int = 14) -> String {
      let name =
        switch self {
        case .svg, .embedded: "svg dynamic"
        case .png: "pngcairo"
        }
      let paper = self == .embedded ? "" : " background '#FFFFFF'"
      return "set terminal \(name) size \(width),\(height) noenhanced font 'Helvetica,\(fontSize)'\(paper)"
    }
  }

  /// Draws a picture into a file, which appears complete or not at all.
  ///
  /// - Parameters:
  ///   - url: The file, .svg or .png, which is replaced where it exists.
  ///   - files: What the script reads, by the names that it uses.
  ///   - script: Makes the script that draws on standard output.
  /// - Throws: `InputError` where the program is missing or fails, or the file cannot be written.
  static func write(to url: URL, files: [String: Data] = [:], _ script: (Format) -> String) throws {
    guard let format = Format(rawValue: url.pathExtension.lowercased()) else {
      throw InputError(url.path, "expected a name that ends in .svg or .png")
    }
    try AtomicFile.write(try draw(script(format), files: files), to: url)
  }

  /// Runs a script that draws on standard output.
  ///
  /// - Parameters:
  ///   - script: What to draw, data included.
  ///   - files: What the script reads, by the names that it uses.
  /// - Returns: The bytes of the picture.
  /// - Throws: `InputError` where the program is missing or fails.
  static func draw(_ script: String, files: [String: Data] = [:]) throws -> Data {
    guard let program else {
      throw InputError(
        "gnuplot", "charts are drawn by gnuplot, which is not installed",
        remedy: "Install it, on Debian with: apt-get install gnuplot-nox")
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("basislab-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      for (name, content) in files { try content.write(to: folder.appendingPathComponent(name)) }
      return try run(program, script, in: folder)
    } catch let error as CocoaError {
      throw InputError(folder.path, "cannot be written: \(error.localizedDescription)")
    }
  }

  /// Text in the quotes that stand for nothing but themselves.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
  }

  /// The first program of that name in the folders of `PATH`.
  private static var program: URL? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { URL(fileURLWithPath: "\($0)/gnuplot") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
  }

  /// Its streams are files, so that neither side can wait for the other.
  private static func run(_ program: URL, _ script: String, in folder: URL) throws -> Data {
    let (input, output, errors) = (
      folder.appendingPathComponent("script"), folder.appendingPathComponent("picture"),
      folder.appendingPathComponent("errors")
    )
    try Data(script.utf8).write(to: input)
    for url in [output, errors] { try Data().write(to: url) }
    let process = Process()
    process.executableURL = program
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let picture = try Data(contentsOf: output)
    guard process.terminationStatus == 0, !picture.isEmpty else {
      let lines = String(decoding: try Data(contentsOf: errors), as: UTF8.self).split(separator: "\n")
      throw InputError("gnuplot", "failed to draw: \(lines.last ?? "without a message")")
    }
    return picture
  }
}
