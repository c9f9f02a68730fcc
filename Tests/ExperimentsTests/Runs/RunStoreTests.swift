import Experiments
import Foundation
import GRDB
import Tensors
import TestSupport
import Testing

@Suite struct RunStoreTests {
  @Test func aStoreOfANewerVersionIsRefusedAndUnchanged() throws {
    try Places.withTemporaryFolder { folder in
      _ = try RunStore.open(in: folder)
      let file = folder.appendingPathComponent(RunStore.fileName)
      let queue = try DatabaseQueue(path: file.path)
      try queue.write { database in
        try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99: what comes later')")
      }
      try queue.close()
      let before = try Data(contentsOf: file)
      for open in [RunStore.open, RunStore.existing] {
        let error = #expect(throws: InputError.self) { _ = try open(folder) }
        #expect(error?.description.contains("newer version") == true, "\(error?.description ?? "")")
      }
      #expect(try Data(contentsOf: file) == before)
    }
  }

  @Test func aDatabaseOfAnotherProgramIsLeftAlone() throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent(RunStore.fileName)
      let queue = try DatabaseQueue(path: file.path)
      try queue.write { try $0.execute(sql: "CREATE TABLE run (weather TEXT)") }
      try queue.close()
      let error = #expect(throws: InputError.self) { _ = try RunStore.open(in: folder) }
      #expect(error?.description.contains("already exists") == true, "\(error?.description ?? "")")
    }
  }

  /// The checkpoints of a finished table are gone, its evaluations stay.
  @Test func checkpointsEndWithTheirTable() throws {
    try Places.withTemporaryFolder { folder in
      let configuration = ComparisonConfiguration(
        dataset: ["ramps"], models: ["majority", "haar:4"], noControls: true, splits: 2, trials: 2, epochs: 2,
        count: 120)
      let comparison = try Comparison(configuration, datasets: configuration.loadDatasets())
      let recorder = try RunRecorder.begin(comparison, in: folder)
      try recorder.finish(try comparison.run(observer: recorder))
      let queue = try DatabaseQueue(path: folder.appendingPathComponent(RunStore.fileName).path)
      let (checkpoints, evaluations, mode) = try queue.read { database in
        (
          try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM checkpoint"),
          try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM evaluation"),
          try String.fetchOne(database, sql: "PRAGMA journal_mode")
        )
      }
      #expect(checkpoints == 0 && evaluations == 2 * (2 + 3) && mode == "wal")
    }
  }

  /// What a process leaves that is killed while it makes the store: pages of a transaction that never ended, and its journal.
  @Test(arguments: [true, false])
  func aStoreThatWasOnlyBegunIsMade(isWritten: Bool) throws {
    try Places.withTemporaryFolder { folder in
      let (begun, left) = (folder.appendingPathComponent("begun.sqlite"), folder.appendingPathComponent("runs"))
      try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
      let store = left.appendingPathComponent(RunStore.fileName)
      try DatabaseQueue(path: begun.path).writeWithoutTransaction { database in
        try database.execute(
          sql: """
            PRAGMA cache_size = 5; BEGIN IMMEDIATE; CREATE TABLE t (x);
            INSERT INTO t SELECT randomblob(4000) FROM (VALUES (1), (2), (3), (4), (5)), (VALUES (1), (2), (3), (4));
            """)
        for ending in ["", "-journal"] {
          try FileManager.default.copyItem(atPath: begun.path + ending, toPath: store.path + ending)
        }
        try database.execute(sql: "ROLLBACK")
      }
      #expect(
        try Data(contentsOf: store).count > 4096
          && Data(contentsOf: URL(fileURLWithPath: store.path + "-journal")).first != 0)
      let opened = try isWritten ? RunStore.open(in: left) : RunStore.existing(in: left)
      #expect(try opened.runs().isEmpty && !FileManager.default.fileExists(atPath: store.path + "-journal"))
    }
  }

  /// A store without what the second migration adds, with a configuration and a table that know nothing of it.
  @Test func aStoreOfAnEarlierVersionIsBroughtUpToDate() throws {
    try Places.withTemporaryFolder { folder in
      let configuration = ComparisonConfiguration(
        dataset: ["ramps"], models: ["majority", "haar:4"], noControls: true, splits: 2, trials: 2, epochs: 2,
        count: 120)
      let comparison = try Comparison(configuration, datasets: configuration.loadDatasets())
      let recorder = try RunRecorder.begin(comparison, name: "old", in: folder)
      try recorder.finish(try comparison.run(observer: recorder))
      let queue = try DatabaseQueue(path: folder.appendingPathComponent(RunStore.fileName).path)
      try queue.write { database in
        try database.execute(
          sql: """
            ALTER TABLE checkpoint DROP COLUMN perturbedRight;
            ALTER TABLE arena DROP COLUMN draws;
            DELETE FROM grdb_migrations WHERE identifier LIKE '2:%';
            UPDATE run SET configuration = json_remove(configuration, '$.no-controls', '$.perturb');
            UPDATE arena SET result = json_remove(result, '$.models[0].searchSpace', '$.models[1].searchSpace');
            """)
      }
      try queue.close()
      let run = try RunStore.existing(in: folder).run(named: "old")
      #expect(run.configuration == configuration && run.outcome.tables.count == 1)
      let again = try RunRecorder.begin(comparison, name: "new", in: folder)
      try again.finish(try comparison.run(observer: again))
      #expect(try RunStore.existing(in: folder).runs().map(\.state) == [.finished, .finished])
    }
  }

  @Test(arguments: ["a", "Ä-1", "2026.11_x", "_"])
  func plainNamesAreTaken(name: String) throws { try Run.checkName(name) }

  @Test(arguments: ["", ".", "..", "a/b", "-a", "a b", "a\n", String(repeating: "a", count: 101), "a\0"])
  func otherNamesAreRefused(name: String) {
    #expect(throws: InputError.self) { try Run.checkName(name) }
  }
}
