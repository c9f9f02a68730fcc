import Datasets
import LinearModels
import Tensors

/// What a model of images explains: their classes, or a number for each.
public struct FitTarget: Sendable {
  /// The distribution of the response.
  public let family: Family
  /// The names of the classes that have a score each, for the multinomial family; else the name of the one score.
  public let scores: [String]
  /// The names of the classes that predictions choose among; empty where numbers are predicted.
  public let classes: [String]

  private let values: [Double]

  /// Takes the response from a data set.
  ///
  /// The multinomial family explains the classes; the binomial one whether an image is of the class of success; the Gaussian
  /// and the Poisson families explain numbers: the given ones, or else those of the data set, or the names of its classes
  /// where they are numbers.
  ///
  /// - Parameters:
  ///   - dataset: The images with their classes.
  ///   - family: The family; the Gaussian where the images have numbers, otherwise the multinomial, when left out.
  ///   - success: The name of the class that the binomial family counts as 1, against all others; the second of two when
  ///     left out.
  ///   - numbers: A number for each image, in the order of the data set.
  /// - Throws: `InputError` for a class or numbers that the family cannot use.
  public init(
    _ dataset: Dataset, family: Family? = nil, success: String? = nil, numbers: [Double]? = nil
  ) throws {
    let family = family ?? (dataset.numbers == nil ? .multinomial : .gaussian)
    self.family = family
    if success != nil && family != .binomial {
      throw InputError("--success", "goes with the binomial family, not with \(family.rawValue)")
    }
    if numbers != nil && family != .gaussian && family != .poisson {
      throw InputError("--response", "goes with the gaussian and the poisson family, not with \(family.rawValue)")
    }
    if family.explainsClasses && dataset.numbers != nil {
      throw InputError(
        dataset.name, "has numbers instead of the classes that the \(family.rawValue) family explains",
        remedy: "Take --family gaussian, or poisson for counts.")
    }
    switch family {
    case .multinomial:
      (scores, classes) = (dataset.classes, dataset.classes)
      values = dataset.labels.map(Double.init)
    case .binomial:
      let chosen = try Self.successClass(dataset, success)
      scores = [dataset.classes[chosen]]
      classes = [dataset.classes.count == 2 ? dataset.classes[1 - chosen] : "other", dataset.classes[chosen]]
      values = dataset.labels.map { $0 == chosen ? 1 : 0 }
    case .gaussian, .poisson:
      (scores, classes) = ([numbers != nil ? "response" : dataset.numbers != nil ? "number" : "class"], [])
      values =
        try numbers.map { try Self.checked($0, dataset) } ?? dataset.numbers ?? Self.classNumbers(dataset, family)
    }
  }

  private static func successClass(_ dataset: Dataset, _ name: String?) throws -> Int {
    guard let name else {
      guard dataset.classes.count == 2 else {
        throw InputError(
          dataset.name, "has \(dataset.classes.count) classes, and the binomial family needs to know which counts as 1",
          remedy: "Name it with --success, or take --family multinomial.")
      }
      return 1
    }
    guard let index = dataset.classes.firstIndex(of: name) else {
      throw Suggestion.unknown(name, kind: "class", accepted: dataset.classes)
    }
    return index
  }

  private static func checked(_ numbers: [Double], _ dataset: Dataset) throws -> [Double] {
    guard numbers.count == dataset.count else {
      throw InputError("--response", "found \(numbers.count) numbers for \(dataset.count) images of \(dataset.name)")
    }
    return numbers
  }

  private static func classNumbers(_ dataset: Dataset, _ family: Family) throws -> [Double] {
    let numbers = try dataset.classes.map { name in
      guard let number = Double(name) else {
        throw InputError(
          dataset.name, "class '\(name)' is not a number, which the \(family.rawValue) family explains",
          remedy: "Give a number for each image with --response, or take --family multinomial.")
      }
      return number
    }
    return dataset.labels.map { numbers[$0] }
  }

  /// The response of some images.
  ///
  /// - Parameter images: Their indices in the data set.
  /// - Returns: The response, as a `GLMProblem` takes it.
  public func response(_ images: [Int]) -> Response {
    switch family {
    case .multinomial, .binomial:
      .classes(images.map { Int(values[$0]) }, count: classes.count)
    case .gaussian, .poisson: .numbers(images.map { values[$0] })
    }
  }

  /// The class of each of some images, as predictions choose among ``classes``.
  func labels(_ images: [Int]) -> [Int] { images.map { Int(values[$0]) } }

  /// The numbers of some images.
  func numbers(_ images: [Int]) -> [Double] { images.map { values[$0] } }
}

extension Family {
  /// Whether responses are classes.
  fileprivate var explainsClasses: Bool { self == .multinomial || self == .binomial }
}
