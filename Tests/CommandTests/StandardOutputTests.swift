import Foundation
import TestSupport
import Testing

@Suite struct StandardOutputTests {
  private static let commands = [["data", "list"], ["verify", "--sizes", "4x4", "--json"], ["doctor"], ["--help"]]

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "this system has no /dev/full"),
    arguments: commands)
  func aFullDeviceIsAFailure(arguments: [String]) throws {
    let device = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let run = try Command.run(arguments, output: device)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.errors == "error: standard output: cannot be written: No space left on device\n")
  }

  @Test(arguments: commands)
  func aReaderThatLeavesIsNoFailureToSpeakOf(arguments: [String]) throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try Command.run(arguments, output: pipe.fileHandleForWriting)
    #expect(run.status == 128 + SIGPIPE && run.errors.isEmpty, "\(run.status) \(run.errors)")
  }
}
