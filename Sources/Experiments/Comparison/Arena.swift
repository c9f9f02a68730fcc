import Datasets
import Foundation
import LinearModels
import Tensors

/// One table to fill: the models that meet on one data set at one training-set size.
public struct Arena: Sendable {
  /// The data set.
  public let dataset: Dataset
  /// What models explain.
  public let family: ModelFamily
  /// How training, validation and test images are drawn.
  public let design: SplitDesign
  /// Whether what is tested was fitted to training and validation images together.
  public let testsRefitted: Bool
  /// The partition of each repeat.
  public let splits: [Split]
  /// The models, in the order of the configuration.
  public let contenders: [any Contender]

  /// The name of the data set, with the number of training images where a learning curve has several.
  public let label: String

  /// Default models that images of this size do not allow, and models that are not matched, with the reason.
  public let notes: [String]

  /// What is done to the test images, besides nothing.
  public let perturbations: [Perturbation]

  /// Whether it is one of several training-set sizes.
  let isLearningCurve: Bool

  /// What the models are matched to.
  let budget: Budget?

  /// Whether the first repeat's models are refitted on the whole official training part, for McNemar's test.
  private let refits: Bool
  private let images: Tensor<Float>
  private let stream: RandomStream

  init(_ dataset: Dataset, trainSize: Double?, configuration: ComparisonConfiguration) throws {
    self.dataset = dataset
    images = dataset.images.reshaped([dataset.count, dataset.channels, dataset.height, dataset.width])
    family = try configuration.family(of: dataset)
    let context = ContenderContext(
      inputShape: Array(images.shape.dropFirst()), family: family,
      classCount: family.explainsNumbers ? 1 : dataset.classes.count, epochs: configuration.epochs,
      seed: configuration.seed)
    let lineup = try Lineup(configuration, in: context)
    (contenders, notes) = (lineup.contenders, lineup.notes)
    budget = configuration.budgetToMatch
    testsRefitted = configuration.refit
    isLearningCurve = trainSize != nil
    design = try SplitDesign(dataset, isLearningCurve: trainSize != nil, folds: configuration.folds)
    perturbations = try configuration.perturbations()
    try Self.check(perturbations, dataset)
    refits = dataset.officialTest != nil && trainSize == nil
    stream = RandomStream(seed: configuration.seed)
    splits = try design.splits(
      of: dataset, count: configuration.splits, trainSize: trainSize,
      fractions: try configuration.testFraction.map(SplitFractions.init(test:)) ?? .standard,
      stream: stream.split("splits"))
    label = dataset.name + (trainSize == nil ? "" : "-n\(splits[0].train.count)")
    try checkNumbers()
  }

  /// Refuses models that cannot be fitted to the numbers of a part, before any is trained.
  private func checkNumbers() throws {
    guard let numbers = dataset.numbers else { return }
    let parts =
      splits.flatMap { [$0.train] + (testsRefitted ? [$0.train + $0.validation] : []) }
      + (refits ? [Array(dataset.officialTraining)] : [])
    for part in parts { for contender in contenders { try contender.check(numbers: part.map { numbers[$0] }) } }
  }

  private static func check(_ perturbations: [Perturbation], _ dataset: Dataset) throws {
    let side = min(dataset.height, dataset.width)
    guard let far = perturbations.first(where: { $0.kind == .shift && $0.strength >= Double(side) }) else { return }
    throw InputError("--perturb", "'\(far.name)' moves images of \(dataset.height)×\(dataset.width) out of sight")
  }

  /// The number of units of work.
  public var unitCount: Int { splits.count * contenders.count }

  /// The units in the order in which to start them: networks, which take longest, first.
  var schedule: [(split: Int, contender: Int)] {
    let order = contenders.indices.sorted { left, right in
      let (a, b) = (contenders[left].isNetwork, contenders[right].isNetwork)
      return a == b ? left < right : a
    }
    return order.flatMap { contender in splits.indices.map { (split: $0, contender: contender) } }
  }

  /// Fits, tunes and tests one model in one repeat.
  func runUnit(
    split index: Int, contender contenderIndex: Int, configuration: ComparisonConfiguration,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> UnitRecord {
    let (split, contender) = (splits[index], contenders[contenderIndex])
    let owners = owners(of: contender, in: index)
    func part(_ indices: [Int]) -> LabeledImages { self.part(indices, owners) }
    let stream = stream.split("fit").split(ContenderCatalog.fullName(contender.name)).split(index)
    let started = ContinuousClock.now
    let candidates = try contender.candidates(
      trials: configuration.trials, training: part(split.train), stream: stream, isCancelled: isCancelled)
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    let tuning = try Tuning(candidates, validation: part(split.validation), family: family)
    let winner =
      testsRefitted
      ? try contender.candidates(
        trials: configuration.trials, training: part(split.train + split.validation), stream: stream.split("both"),
        isCancelled: isCancelled)[tuning.chosen] : candidates[tuning.chosen]
    let test = part(split.test)
    let predictions = try winner.predictions(test.images)
    let perturbed = try perturbedPredictions(winner, test.images, split.test)
    let refit =
      index == 0 && refits && contender.side != .control
      ? try contender.candidates(
        trials: configuration.trials, training: part(Array(dataset.officialTraining)), stream: stream.split("refit"),
        isCancelled: isCancelled)[tuning.chosen].predictions(test.images) : nil
    return UnitRecord(
      result: UnitResult(
        dataset: dataset.name, trainCount: split.train.count, split: index + 1, model: contender.name,
        trials: tuning.trials, chosen: tuning.chosen,
        test: family.score(predictions, test.response),
        perturbed: zip(perturbations, perturbed).map {
          PerturbedScore(perturbation: $0.name, score: family.score($1, test.response))
        },
        refit: refit.map { family.score($0, test.response) }, remark: winner.remark),
      split: index, contender: contenderIndex, testIndices: split.test, testResponse: test.response,
      testPredictions: predictions, perturbedScores: perturbed.map { family.imageScores($0, test.response) },
      refitPredictions: refit, seconds: seconds, filters: winner.filters,
      network: index == 0 && !contender.dealsLabels ? winner.network : nil)
  }

  /// The predictions for the test images under each perturbation.
  private func perturbedPredictions(
    _ candidate: Candidate, _ images: Tensor<Float>, _ indices: [Int]
  ) throws -> [Tensor<Double>] {
    guard !perturbations.isEmpty else { return [] }
    let perturber = Perturber(dataset, random: stream.split("perturbations"))
    return try perturbations.map { try candidate.predictions(perturber.apply($0, to: images, indices: indices)) }
  }

  /// The image whose class or number each image has as a contender sees it in a repeat: itself, or one of its part, by which
  /// they are dealt anew.
  func owners(of contender: any Contender, in index: Int) -> [Int] {
    var owners = Array(0..<dataset.count)
    guard contender.dealsLabels else { return owners }
    let (split, stream) = (splits[index], stream.split("dealt labels").split(index))
    for (number, part) in [split.train, split.validation, split.test].enumerated() {
      var own = stream.split(number)
      for (image, owner) in zip(part, part.shuffled(using: &own)) { owners[image] = owner }
    }
    return owners
  }

  /// The classes or numbers of the test images of a repeat as a contender sees them.
  func testResponse(of contender: any Contender, in index: Int) -> Response {
    response(splits[index].test, owners(of: contender, in: index))
  }

  /// The classes or numbers of some images.
  func response(_ indices: [Int], _ owners: [Int]? = nil) -> Response {
    let owners = indices.map { owners?[$0] ?? $0 }
    guard family.explainsNumbers, let numbers = dataset.numbers else {
      return .classes(owners.map { dataset.labels[$0] }, count: dataset.classes.count)
    }
    return .numbers(owners.map { numbers[$0] })
  }

  /// Some images with what is told of them.
  ///
  /// - Parameters:
  ///   - indices: The images.
  ///   - owners: The image whose class or number each image of the data set has; itself when left out.
  /// - Returns: The images.
  func part(_ indices: [Int], _ owners: [Int]? = nil) -> LabeledImages {
    LabeledImages(
      images: images.gatheringRows(indices), response: response(indices, owners),
      labels: indices.map { dataset.labels[owners?[$0] ?? $0] }, classCount: dataset.classes.count)
  }
}
