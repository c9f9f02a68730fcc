import Foundation
import TestSupport
import Testing

/// Disks, permissions and neighbours that a store has to live with.
@Suite struct StoreFaultTests {
  private static let quick = [
    "compare", "--dataset", "ramps", "--models", "majority", "haar:16", "mlp", "--splits", "2", "--trials", "2",
    "--epochs", "2", "--count", "200", "--no-controls",
  ]

  /// No file may grow beyond 300 kB, which the store does: what is finished stays, and the run goes on afterwards.
  @Test func aFullDiskLosesNothingThatIsFinished() throws {
    try Places.withTemporaryFolder { folder in
      let design = [
        "compare", "--dataset", "ramps", "--models", "majority", "haar:16", "pixels", "random", "fourier",
        "--no-controls", "--splits",
        "3", "--count", "3000", "--trials", "2", "--epochs", "2", "--name", "run",
      ]
      let whole = folder.appendingPathComponent("whole")
      #expect(try Command.run(design + ["--output", whole.path], in: folder).status == 0)
      let run = try Command.run(design, in: folder, fileSizeLimit: 300)
      #expect(run.status == 1 && run.errors.contains("is the disk full?"), "\(run.errors)")
      let runs = folder.appendingPathComponent("runs")
      let results = try String(contentsOf: runs.appendingPathComponent("run/results.csv"), encoding: .utf8)
      let finished = results.split(separator: "\n").count - 1
      #expect((1..<15).contains(finished))
      #expect(try !#require(FileManager.default.subpaths(atPath: runs.path)).contains { $0.hasSuffix(".part") })
      let resumed = try Command.run(["compare", "--resume", "run"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      let log = try String(contentsOf: runs.appendingPathComponent("run/log.txt"), encoding: .utf8)
      #expect(log.contains("resumed: \(finished) of 15 fits were done"), "\(log)")
      #expect(try RunFiles.promised(in: runs) == RunFiles.promised(in: whole))
    }
  }

  @Test func severalProcessesShareAStore() throws {
    try Places.withTemporaryFolder { folder in
      let runs = folder.appendingPathComponent("runs")
      let outcomes = try together(5) { try Command.run(Self.quick + ["--seed", "\($0 % 2)"], in: folder) }
      #expect(outcomes.allSatisfy { $0.status == 0 }, "\(outcomes.map(\.errors))")
      let names = try FileManager.default.contentsOfDirectory(atPath: runs.path).filter { $0.hasPrefix("compare-") }
      #expect(names.count == 5)
      let contents = try names.map { try RunFiles.promised(in: runs, named: $0) }
      #expect(Set(contents).count == 2)
      let listing = try Command.run(["runs", "list", "--state", "finished", "--json"], in: folder)
      #expect(try (JSONSerialization.jsonObject(with: Data(listing.output.utf8)) as? [Any])?.count == 5)
    }
  }

  @Test func aNameIsGivenOnce() throws {
    try Places.withTemporaryFolder { folder in
      let outcomes = try together(3) { _ in try Command.run(Self.quick + ["--name", "mine"], in: folder) }
      #expect(outcomes.map(\.status).sorted() == [0, 1, 1], "\(outcomes.map(\.errors))")
      let refused = outcomes.filter { $0.status == 1 }
      #expect(refused.allSatisfy { $0.errors.contains("a folder of this name") && $0.errors.contains("--name") })
    }
  }

  @Test func aRunHasOneProcess() throws {
    try Places.withTemporaryFolder { folder in
      let long = Self.quick + ["--epochs", "5000", "--count", "2000", "--name", "run"]
      let outcomes = try together(2) { number in
        if number == 0 { return try Command.run(long, in: folder, lifetime: 5) }
        let deadline = Date(timeIntervalSinceNow: 4)
        while try !Command.run(["runs", "list"], in: folder).output.contains("running") && Date() < deadline {}
        return try Command.run(["compare", "--resume", "run"], in: folder, lifetime: 3)
      }
      #expect(outcomes[1].status == 1 && outcomes[1].errors.contains("another process is at work"), "\(outcomes[1])")
    }
  }

  @Test func aReadOnlyFolderIsReadAndNotWritten() throws {
    try Places.withTemporaryFolder { folder in
      let runs = folder.appendingPathComponent("runs").path
      #expect(try Command.run(Self.quick, in: folder).status == 0)
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: runs)
      defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: runs) }
      let before = try FileManager.default.contentsOfDirectory(atPath: runs)
      let run = try Command.run(Self.quick, in: folder, asOrdinaryUser: true)
      #expect(run.status == 1 && run.errors.contains("not allowed to write"), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count <= 2 && run.output.isEmpty, "\(run.errors)")
      let listing = try Command.run(["runs", "list"], in: folder, asOrdinaryUser: true)
      #expect(listing.status == 0 && listing.output.contains("finished"), "\(listing.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == before)
    }
  }

  @Test(arguments: [Damage.header, .middle, .truncation])
  func aDamagedStoreIsNamedAndLeftAlone(damage: Damage) throws {
    try Places.withTemporaryFolder { folder in
      #expect(try Command.run(Self.quick, in: folder).status == 0)
      let file = folder.appendingPathComponent("runs/basislab.sqlite")
      let damaged = damage.apply(to: try Data(contentsOf: file))
      try damaged.write(to: file)
      for arguments in [Self.quick, ["runs", "list"], ["runs", "show"]] {
        let run = try Command.run(arguments, in: folder)
        #expect(run.status == 1 && run.errors.contains("is damaged, or no store of runs"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 2, "\(run.errors)")
      }
      #expect(try Data(contentsOf: file) == damaged)
    }
  }

  /// What can happen to a file.
  enum Damage: Sendable {
    case header, middle, truncation

    func apply(to data: Data) -> Data {
      var bytes = [UInt8](data)
      switch self {
      case .header: for index in 0..<100 { bytes[index] = UInt8(index) }
      case .middle: for index in 4096..<bytes.count { bytes[index] = 0xA5 }
      case .truncation: bytes.removeLast(bytes.count / 2)
      }
      return Data(bytes)
    }
  }

  /// Does something several times at once.
  private func together(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Command.Outcome
  ) throws -> [Command.Outcome] {
    let queue = DispatchQueue(label: "together", attributes: .concurrent)
    let items = (0..<count).map { _ in OutcomeBox() }
    let group = DispatchGroup()
    for (number, item) in items.enumerated() {
      queue.async(group: group) { item.value = Result { try body(number) } }
    }
    group.wait()
    return try items.map { try $0.value!.get() }
  }
}

/// A place for the outcome of one thread, read after it has ended.
private final class OutcomeBox: @unchecked Sendable {
  var value: Result<Command.Outcome, any Error>?
}
