import Foundation

/// Runs the command `basislab` that was built with the tests.
public enum Command {
  /// What a run of the command left.
  public struct Outcome: Sendable {
    /// The exit code; 128 and the number of the signal that ended it.
    public let status: Int32
    /// Everything on standard output.
    public let output: String
    /// Everything on standard error.
    public let errors: String
  }

  /// Runs the command and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: The words after `basislab`.
  ///   - folder: The working folder.
  ///   - environment: Variables that are set besides those of the tests.
  ///   - stream: Where standard output goes; into the outcome when left out.
  ///   - fileSizeLimit: The size in kilobytes that no file of the command may exceed.
  ///   - lifetime: The seconds after which the command is killed by a signal that it cannot catch.
  ///   - asOrdinaryUser: Whether permissions hold for it, also where the tests run as root.
  ///   - signal: A signal to send, and the file whose appearance in the folder it waits for.
  /// - Returns: What it left.
  /// - Throws: When the command cannot be started.
  public static func run(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    output stream: FileHandle? = nil, fileSizeLimit: Int? = nil,
    lifetime: Double? = nil, asOrdinaryUser: Bool = false, sending signal: (number: Int32, whenExists: String)? = nil
  ) throws -> Outcome {
    let place = folder ?? FileManager.default.temporaryDirectory
    return try Places.withTemporaryFolder { scratch in
      let process = Process()
      let wrappers =
        (fileSizeLimit.map { ["/bin/bash", "-c", "ulimit -f \($0); exec \"$0\" \"$@\""] } ?? [])
        + (lifetime.map { ["/usr/bin/timeout", "--signal=KILL", "\($0)"] } ?? [])
        + (asOrdinaryUser && geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set=-dac_override"] : [])
      let words = wrappers + [executable.path] + arguments
      process.executableURL = URL(fileURLWithPath: words[0])
      process.arguments = Array(words.dropFirst())
      process.currentDirectoryURL = place
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      let (output, errors) = (scratch.appendingPathComponent("out"), scratch.appendingPathComponent("err"))
      for url in [output, errors] { _ = FileManager.default.createFile(atPath: url.path, contents: nil) }
      process.standardOutput = try stream ?? FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      process.standardInput = FileHandle.nullDevice
      try process.run()
      if let signal { send(signal, to: process, in: place) }
      process.waitUntilExit()
      let isKilled = process.terminationReason == .uncaughtSignal
      return Outcome(
        status: (isKilled ? 128 : 0) + process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  private static var executable: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("basislab")
  }

  private static func send(_ signal: (number: Int32, whenExists: String), to process: Process, in folder: URL) {
    let deadline = Date(timeIntervalSinceNow: 60)
    while process.isRunning && Date() < deadline && !exists(signal.whenExists, in: folder) { usleep(20_000) }
    kill(process.processIdentifier, signal.number)
  }

  private static func exists(_ name: String, in folder: URL) -> Bool {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.contains { $0.hasSuffix(name) }
  }
}
