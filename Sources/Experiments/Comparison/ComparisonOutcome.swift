/// A number with its 95 % interval.
public struct Estimate: Codable, Sendable, Equatable {
  /// The estimate.
  public let mean: Double
  /// The lower end of the interval.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double

  /// States an estimate.
  public init(mean: Double, lower: Double, upper: Double) {
    self.mean = mean
    self.lower = lower
    self.upper = upper
  }
}

/// What one model did in one repeat.
public struct UnitResult: Codable, Sendable {
  /// The data set.
  public let dataset: String
  /// The number of training images.
  public let trainCount: Int
  /// The number of the repeat, from 1.
  public let split: Int
  /// The model.
  public let model: String
  /// The settings that were tried, with their validation scores.
  public let trials: [Trial]
  /// The index of the setting that was chosen on the validation images.
  public let chosen: Int
  /// The score of the chosen candidate on the test images.
  public let test: Score
  /// The scores of the chosen candidate on perturbed test images.
  public let perturbed: [PerturbedScore]
  /// The score on the test images of the chosen setting fitted to the whole official training part, for McNemar's test.
  public let refit: Score?
  /// What the reader must know, such as that a fit did not converge.
  public let remark: String?
}

/// What a model made of classes or numbers that were dealt anew, which nobody can learn.
public struct ChanceVerdict: Codable, Sendable, Equatable {
  /// The corrected p-value below which chance is no explanation.
  public static let alarmLevel = 0.001

  /// The test images of all repeats.
  public let images: Int
  /// Those of them that were recognised; `nil` for numbers.
  public let right: Int?
  /// The share that chance alone gives: Σ over classes of their shares among predictions and labels; `nil` for numbers.
  public let chance: Double?
  /// The correlation of predictions with the numbers that were dealt, which chance alone makes 0; `nil` for classes.
  public let correlation: Double?
  /// The probability of so many or so much, or more, by chance, one-sided: the exact binomial test, or that of the correlation.
  public let pValue: Double
  /// The number of models of the table whose labels were dealt anew.
  public let tests: Int

  /// Whether labels of test images must have reached the model.
  ///
  /// The p-value, corrected after Bonferroni for the number of such models, is then below the level. So a table without fault raises an alarm once in a thousand times at most.
  public var isAlarm: Bool { pValue * Double(tests) < Self.alarmLevel }
}

/// By how much a model is better than another one on the same images: accuracies are subtracted as they are, errors and
/// deviances the other way round.
public struct PairedDifference: Codable, Sendable {
  /// The model that is counted positive.
  public let model: String
  /// The model that is counted negative.
  public let against: String
  /// The lead of `model` over `against`, positive where it is better.
  public let difference: Estimate
  /// The smallest true difference that such an experiment would show at the 5 % level with 80 % power.
  public let smallestDetectable: Double
}

/// A learned and a fixed model on the same images, tested together with all other such pairs of a table.
public struct PairedTest: Codable, Sendable {
  /// McNemar's exact test of the first repeat's models, refitted on the whole official training part.
  public struct McNemar: Codable, Sendable {
    /// The test images on which only `model` is right.
    public let onlyModel: Int
    /// The test images on which only `against` is right.
    public let onlyAgainst: Int
    /// The p-value of this pair by itself.
    public let pValue: Double
    /// The p-value after Holm's correction over all pairs.
    public let adjustedPValue: Double
  }

  /// The learned minus the fixed model.
  public let comparison: PairedDifference
  /// The p-value of no difference for this pair by itself; 1 where all repeats agree, which tells nothing of spread.
  public let pValue: Double
  /// The p-value after Holm's correction over all pairs.
  public let adjustedPValue: Double
  /// McNemar's test, for data with an official split.
  public let mcNemar: McNemar?

  /// Whether the pair is told apart at the 5 % level, all pairs considered.
  public var isSignificant: Bool { adjustedPValue <= 0.05 }
}

/// What the data say about the hypothesis of a built-in family.
public struct HypothesisVerdict: Codable, Sendable {
  /// The three answers that an interval can give.
  public enum Answer: String, Codable, Sendable {
    /// The interval lies above zero.
    case supported
    /// The interval lies below zero.
    case refuted
    /// The interval contains zero, or has no width because all repeats agreed.
    case undecided

    /// What an interval for a difference that should be positive says.
    public init(_ interval: Estimate) {
      switch interval {
      case _ where interval.lower == interval.upper: self = .undecided
      case _ where interval.lower > 0: self = .supported
      case _ where interval.upper < 0: self = .refuted
      default: self = .undecided
      }
    }

    /// What the answers to all clauses say together: supported when all are, refuted when one is.
    public init(_ clauses: [Answer]) {
      self = clauses.contains(.refuted) ? .refuted : clauses.contains(.undecided) ? .undecided : .supported
    }
  }

  /// One thing that the hypothesis claims.
  public struct Clause: Codable, Sendable {
    /// The expected winner against the best rival of one side, all by validation score.
    public let comparison: PairedDifference
    /// The answer of its interval.
    public let answer: Answer
  }

  /// The hypothesis in words.
  public let statement: String
  /// The expected winner against the best other fixed and the best other learned model.
  public let clauses: [Clause]
  /// The answer to the whole.
  public let answer: Answer
}

/// The table of one data set at one training-set size.
public struct TableResult: Codable, Sendable {
  /// The data set.
  public let dataset: String
  /// The checksum of the data.
  public let checksum: String
  /// How training, validation and test images were drawn and how intervals were made, in words.
  public let design: String
  /// The numbers of images, training, validation, test: the mean over repeats, rounded.
  public let counts: [Int]
  /// Whether all repeats have these numbers; whole groups do not always allow it.
  public let hasEqualCounts: Bool
  /// The number of repeats; with folds, of folds in all.
  public let splits: Int
  /// The number of folds of a repeat; `nil` where there are none.
  public let folds: Int?
  /// One line per model, in the order of the configuration.
  public let models: [ModelSummary]
  /// The fixed model with the best validation score.
  public let bestFixed: String?
  /// The learned model with the best validation score.
  public let bestLearned: String?
  /// The lead of the best learned over the best fixed model.
  public let difference: PairedDifference?
  /// All pairs of a learned and a fixed model, in the order of the models.
  public let pairs: [PairedTest]
  /// The answer to the family's hypothesis, for built-in data.
  public let hypothesis: HypothesisVerdict?
  /// The measures on perturbed test images, by perturbation and then by model; `nil` where there are none.
  public let perturbed: [PerturbedEstimate]?
  /// What the reader must know of the table as a whole.
  public let remarks: [String]
  /// The replicates of ``difference`` by the bootstrap, of which those of equal index belong together in all tables of a
  /// learning curve; no part of the document.
  var draws: [Double] = []

  /// What its models explain.
  public var family: ModelFamily { models.first?.family ?? .multinomial }

  enum CodingKeys: CodingKey {
    case dataset, checksum, design, counts, hasEqualCounts, splits, folds, models, bestFixed, bestLearned, difference
    case pairs, hypothesis, perturbed, remarks
  }
}

/// The result of a comparison.
public struct ComparisonOutcome: Codable, Sendable {
  /// What was asked.
  public let configuration: ComparisonConfiguration
  /// Whether the run was stopped before its end; tables are then missing, none is partial.
  public let isInterrupted: Bool
  /// The finished tables.
  public let tables: [TableResult]
  /// The training-set size at which learned overtakes fixed, for each data set that has several.
  public let crossovers: [Crossover]

  init(configuration: ComparisonConfiguration, isInterrupted: Bool, tables: [TableResult]) {
    self.configuration = configuration
    self.isInterrupted = isInterrupted
    self.tables = tables
    crossovers = Crossover.all(tables)
  }
}
