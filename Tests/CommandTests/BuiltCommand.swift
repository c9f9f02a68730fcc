import Foundation

/// The program `basislab` as it was built beside the tests.
enum BuiltCommand {
  struct Outcome {
    let output: String
    let messages: String
    let code: Int32
  }

  /// Runs the program and waits for its end.
  static func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs the program and waits for its end.
  static func run(_ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("basislab")
    process.arguments = arguments
    let (output, messages) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, messages)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let notes = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(output: text, messages: notes, code: process.terminationStatus)
  }
}
