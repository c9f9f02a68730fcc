import Foundation
import Formats
import Tensors
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func writesAndReplaces() throws {
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("table.csv")
      try AtomicFile.write("first", to: url)
      try AtomicFile.write("second", to: url)
      #expect(try String(contentsOf: url, encoding: .utf8) == "second")
      #expect(try names(in: folder) == ["table.csv"])
    }
  }

  @Test func followsSymbolicLinks() throws {
    try Places.withTemporaryFolder { folder throws in
      let (file, link) = (folder.appendingPathComponent("file"), folder.appendingPathComponent("link"))
      try AtomicFile.write("old", to: file)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      try AtomicFile.write("new", to: link)
      #expect(try String(contentsOf: file, encoding: .utf8) == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
    }
  }

  @Test func followsSymbolicLinksToWhatIsNotThereYet() throws {
    try Places.withTemporaryFolder { folder throws in
      let manager = FileManager.default
      try manager.createDirectory(at: folder.appendingPathComponent("inner"), withIntermediateDirectories: true)
      let (first, second) = (folder.appendingPathComponent("first"), folder.appendingPathComponent("inner/second"))
      try manager.createSymbolicLink(atPath: first.path, withDestinationPath: "inner/second")
      try manager.createSymbolicLink(atPath: second.path, withDestinationPath: "../file")
      try AtomicFile.write("new", to: first)
      #expect(try String(contentsOf: folder.appendingPathComponent("file"), encoding: .utf8) == "new")
      #expect(try names(in: folder) == ["file", "first", "inner"])
      #expect(try manager.destinationOfSymbolicLink(atPath: second.path) == "../file")
      let loop = folder.appendingPathComponent("loop")
      try manager.createSymbolicLink(atPath: loop.path, withDestinationPath: "loop")
      #expect(throws: InputError.self) { try AtomicFile.write("new", to: loop) }
    }
  }

  @Test(arguments: [0o600, 0o640, 0o777])
  func aReplacedFileHandsDownItsPermissions(permissions: Int) throws {
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.csv")
      try AtomicFile.write("old", to: url)
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: url.path)
      try AtomicFile.write("new", to: url)
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == permissions)
    }
  }

  @Test func aFileInPlaceOfAFolder() throws {
    try Places.withTemporaryFolder { folder throws in
      let file = folder.appendingPathComponent("i.npy")
      try AtomicFile.write("old", to: file)
      for name in ["o.npy", "inner/o.npy"] {
        let message = #expect(throws: InputError.self) {
          try AtomicFile.write("new", to: file.appendingPathComponent(name))
        }?.description
        #expect(message?.contains("'\(file.path)' is a file, not a folder") == true, "\(message ?? "")")
      }
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self"), "this system has no /proc"))
  func aFolderThatTakesNoFiles() throws {
    let message = #expect(throws: InputError.self) {
      try AtomicFile.write("new", to: URL(fileURLWithPath: "/proc/x.npy"))
    }?.description
    #expect(message?.contains("cannot be written: No such file or directory") == true, "\(message ?? "")")
  }

  @Test func aFailureInTheMiddleLeavesWhatWasThere() throws {
    struct Interruption: Error {}
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.npy")
      try AtomicFile.write("old", to: url)
      #expect(throws: Interruption.self) {
        try AtomicFile.write(to: url) { file in
          try [UInt8](repeating: 1, count: 1000).withUnsafeBytes { try file.write($0) }
          throw Interruption()
        }
      }
      #expect(try String(contentsOf: url, encoding: .utf8) == "old")
      #expect(try names(in: folder) == ["x.npy"])
    }
  }

  @Test func missingFoldersAndFoldersInPlaceOfFiles() throws {
    try Places.withTemporaryFolder { folder throws in
      let missing = folder.appendingPathComponent("none/x.npy")
      let message = #expect(throws: InputError.self) { try NPY.write(NumPyArray([1]), to: missing) }?.description
      #expect(message?.contains("does not exist") == true && message?.contains("mkdir -p") == true)
      #expect(throws: InputError.self) { try NPY.write(NumPyArray([1]), to: folder) }
      #expect(try names(in: folder) == [])
    }
  }

  /// Root may write into every folder of a disk, but not into that of the kernel.
  @Test(
    .enabled(
      if: geteuid() != 0 || FileManager.default.fileExists(atPath: "/sys/kernel"),
      "root may write everywhere, and this system has no /sys"))
  func unwritableFolders() throws {
    try Places.withTemporaryFolder { folder throws in
      chmod(folder.path, 0o555)
      defer { chmod(folder.path, 0o755) }
      let place = geteuid() == 0 ? URL(fileURLWithPath: "/sys") : folder
      let message = #expect(throws: InputError.self) {
        try NPY.write(NumPyArray([1]), to: place.appendingPathComponent("x.npy"))
      }?.description
      #expect(message?.contains(place.path) == true, "\(message ?? "")")
    }
  }

  /// The limit stands for a full disk; it is far above what other tests write meanwhile.
  @Test func aWriteThatFailsHalfwayLeavesNothing() throws {
    let mebibyte = [UInt8](repeating: 7, count: 1 << 20)
    var original = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &original)
    var limited = rlimit(rlim_cur: 64 << 20, rlim_max: original.rlim_max)
    let handler = signal(SIGXFSZ, SIG_IGN)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limited)
    defer {
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &original)
      signal(SIGXFSZ, handler)
    }
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.bin")
      let message = #expect(throws: InputError.self) {
        try AtomicFile.write(to: url) { file in
          for _ in 0..<65 { try mebibyte.withUnsafeBytes { try file.write($0) } }
        }
      }?.description
      #expect(message?.contains("larger than the system allows") == true)
      #expect(try names(in: folder) == [])
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "this system has no /dev/full"))
  func aFullDeviceIsAnError() throws {
    let url = URL(fileURLWithPath: "/dev/full")
    let message = #expect(throws: InputError.self) { try NPY.write(NumPyArray([1]), to: url) }?.description
    #expect(message?.contains("no space left") == true)
    #expect(FileManager.default.fileExists(atPath: "/dev/full"))
  }

  @Test func devicesAreWrittenDirectly() throws {
    try NPY.write(NumPyArray([1, 2]), to: URL(fileURLWithPath: "/dev/null"))
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }
}
