internal import GRDB

/// The tables of the store, as a chain of migrations that is only ever added to.
enum StoreSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: runs, arenas, units, evaluations, checkpoints") { database in
      try database.execute(sql: first)
    }
    migrator.registerMigration("2: perturbed test images, draws of the bootstrap") { database in
      try database.execute(sql: second)
    }
    migrator.registerMigration("3: scores of numbers and counts") { database in
      try database.execute(sql: third)
    }
    return migrator
  }

  private static let third = """
    ALTER TABLE evaluation ADD COLUMN rootMeanSquaredError REAL;
    ALTER TABLE evaluation ADD COLUMN determination REAL;
    ALTER TABLE evaluation ADD COLUMN deviance REAL;
    """

  private static let second = """
    ALTER TABLE checkpoint ADD COLUMN perturbedRight BLOB;
    ALTER TABLE arena ADD COLUMN draws BLOB;
    """

  private static let first = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      version TEXT NOT NULL,
      started TEXT NOT NULL,
      finished TEXT,
      configuration TEXT NOT NULL,
      environment TEXT NOT NULL
    ) STRICT;

    CREATE TABLE arena (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      position INTEGER NOT NULL,
      label TEXT NOT NULL,
      checksum TEXT NOT NULL,
      facts TEXT NOT NULL,
      result TEXT,
      UNIQUE (run, label)
    ) STRICT;

    CREATE TABLE unit (
      id INTEGER PRIMARY KEY,
      arena INTEGER NOT NULL REFERENCES arena ON DELETE CASCADE,
      split INTEGER NOT NULL,
      model TEXT NOT NULL,
      trainCount INTEGER NOT NULL,
      chosen INTEGER NOT NULL,
      remark TEXT,
      seconds REAL NOT NULL,
      UNIQUE (arena, split, model)
    ) STRICT;

    CREATE TABLE evaluation (
      id INTEGER PRIMARY KEY,
      unit INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
      part TEXT NOT NULL CHECK (part IN ('validation', 'test')),
      purpose TEXT NOT NULL,
      setting TEXT NOT NULL,
      images INTEGER NOT NULL,
      accuracy REAL,
      balancedAccuracy REAL,
      logLoss REAL,
      brier REAL,
      calibrationError REAL
    ) STRICT;
    CREATE INDEX evaluationOfUnit ON evaluation (unit);

    CREATE TABLE checkpoint (
      unit INTEGER PRIMARY KEY REFERENCES unit ON DELETE CASCADE,
      probabilities BLOB NOT NULL,
      refitProbabilities BLOB,
      filters BLOB
    ) STRICT;
    """
}
