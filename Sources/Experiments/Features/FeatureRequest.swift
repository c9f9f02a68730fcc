import Spectral
import Tensors

/// Features as a user asks for them: a map, whether its logarithm is taken, and which of its features to keep.
///
/// `[log-]NAME[:OPTION]…[@CRITERION:M]`, such as `fourier:64`, `log-scattering:J=2,floor=0.1` (see ``LogCompression``), or
/// `haar@f-statistic:32`: of all Haar coefficients the 32 that tell the classes of the training images apart best.
public struct FeatureRequest: Sendable, Equatable {
  /// How features are chosen: the criterion and how many are kept.
  public struct Selection: Sendable, Equatable {
    /// One of ``SelectionCatalog/names``.
    public let criterion: String
    /// M ≥ 1.
    public let count: Int

    /// Reads `CRITERION:M`.
    ///
    /// - Parameter text: What was typed.
    /// - Throws: `InputError` for an unknown criterion, or a number that is missing or below 1.
    public init(parsing text: String) throws {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      criterion = try SelectionCatalog.criterion(named: parts[0]).name
      guard parts.count == 2, let count = Int(parts[1]), count >= 1 else {
        throw InputError(
          "selection '\(text)'", "expected how many features to keep, at least 1",
          remedy: "Write for instance '\(criterion):32'.")
      }
      self.count = count
    }
  }

  /// The map with its options, as a `FeatureCatalog` knows it.
  public let map: String
  /// The floor of the logarithm that is taken of the features, as ``LogCompression`` has it; `nil` where none is taken.
  public let logarithmFloor: Double?
  /// Which features are kept; all when `nil`.
  public private(set) var selection: Selection?

  /// The words that a request may begin with: the maps, and the logarithms of those that are no basis.
  public static var names: [String] {
    let maps = FeatureCatalog.names
    return maps
      + maps.filter { !BasisCatalog.names.contains($0) && !$0.hasPrefix(logarithm) }.map { logarithm + $0 }
  }

  private static let logarithm = "log-"
  private static let floor = "floor"

  /// Whether the logarithm of the features is taken.
  public var isLogarithmic: Bool { logarithmFloor != nil }

  /// Names features.
  ///
  /// - Parameters:
  ///   - map: The map with its options.
  ///   - logarithmFloor: The floor of the logarithm; none is taken when left out.
  ///   - selection: Which features are kept; all when left out.
  /// - Throws: `InputError` for an unknown map or option, with the nearest name.
  public init(map: String, logarithmFloor: Double? = nil, selection: Selection? = nil) throws {
    self.map = map
    self.logarithmFloor = logarithmFloor
    self.selection = selection
    try FeatureCatalog.validate(map, calledAs: mapName, taken: isLogarithmic ? [Self.floor] : [])
  }

  /// Reads what a user typed.
  ///
  /// - Parameter text: `[log-]NAME[:OPTION]…[@CRITERION:M]`.
  /// - Throws: `InputError` for an unknown name, option or criterion, with the nearest one, or a floor that is not positive.
  public init(parsing text: String) throws {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let word = String(parts[0].prefix { $0 != ":" })
    guard Self.names.contains(word) else { throw Suggestion.unknown(word, kind: "feature map", accepted: Self.names) }
    let selection = try parts.count == 2 ? Selection(parsing: parts[1]) : nil
    guard !FeatureCatalog.names.contains(word) else {
      try self.init(map: parts[0], selection: selection)
      return
    }
    var map = String(parts[0].dropFirst(Self.logarithm.count))
    let floor = try Self.takeFloor(from: &map) ?? LogCompression.defaultFloor
    try self.init(map: map, logarithmFloor: floor, selection: selection)
  }

  /// Takes the option of the logarithm out of those of the map.
  private static func takeFloor(from map: inout String) throws -> Double? {
    guard let match = map.firstMatch(of: /floor=([^:,]*)[:,]?/) else { return nil }
    guard map.matches(of: /floor=/).count == 1 else {
      throw InputError("feature map '\(logarithm)\(map)'", "the option '\(Self.floor)' is given twice")
    }
    guard let floor = Double(match.1), floor > 0 && floor.isFinite else {
      throw InputError(
        "feature map '\(logarithm)\(map)'",
        "expected a positive share of each feature's mean for floor, got '\(match.1)'")
    }
    map.removeSubrange(match.range)
    if map.hasSuffix(":") || map.hasSuffix(",") { map.removeLast() }
    return floor
  }

  /// The same features with a selection of them.
  ///
  /// - Parameter selection: Which are kept.
  /// - Returns: The request.
  public func selecting(_ selection: Selection) -> FeatureRequest {
    var request = self
    request.selection = selection
    return request
  }

  /// What ``init(parsing:)`` reads.
  public var name: String { mapName + (selection.map { "@\($0.criterion):\($0.count)" } ?? "") }

  /// The map with its logarithm.
  private var mapName: String {
    let floor = logarithmFloor.map { $0 == LogCompression.defaultFloor ? "" : ":\(Self.floor)=\($0)" } ?? ""
    return (isLogarithmic ? Self.logarithm : "") + map + floor
  }

  /// Whether training images decide anything about the features.
  public var needsTraining: Bool { selection != nil || isLogarithmic || isFitted }

  private var isFitted: Bool {
    map.split { ":,=".contains($0) }.contains { BasisCatalog.needsTraining(String($0)) }
  }

  /// The map for images of one size, where training images do not decide about it.
  ///
  /// - Parameters:
  ///   - height: H.
  ///   - width: W.
  ///   - random: What decides random atoms and filters.
  /// - Returns: The map; `nil` where it has to be fitted to training images.
  /// - Throws: `InputError` for a size or a number of features that the map does not have.
  public func unfittedMap(height: Int, width: Int, random: RandomStream) throws -> (any FeatureMap)? {
    isFitted ? nil : try made(height, width, random)
  }

  /// The map, fitted to images `[N, H, W]` where it needs them.
  private func made(
    _ height: Int, _ width: Int, _ random: RandomStream, _ training: Tensor<Double>? = nil
  ) throws -> any FeatureMap {
    try FeatureCatalog.features(
      named: map, calledAs: mapName, height: height, width: width, random: random, training: training)
  }

  /// A map with the shape and the cost of the one that training images would give: fitted to two images of noise.
  func standIn(height: Int, width: Int, random: RandomStream) throws -> any FeatureMap {
    var noise = random.split("stand-in")
    let images = Tensor<Double>.zeros([2, height, width]).map { _ in noise.normal() }
    return try made(height, width, random, images)
  }

  /// The same features, but of a basis that is named without a number the first so many atoms.
  ///
  /// `pixels` and `zca`, whose atoms are one for each pixel, keep all, and so does a basis of whose atoms some are selected.
  func limitingAtoms(to count: Int, height: Int, width: Int) throws -> FeatureRequest {
    guard BasisCatalog.names.contains(map), !["pixels", "zca"].contains(map), selection == nil else { return self }
    let all = try unfittedMap(height: height, width: width, random: RandomStream(seed: 0))?.dimension
    return try FeatureRequest(map: "\(map):\(min(count, all ?? height * width))")
  }

  /// Fits what training images decide: the atoms of a basis such as `pca`, the floor of a logarithm, and which features
  /// are kept.
  ///
  /// - Parameters:
  ///   - images: The training images, `[N, C, H, W]`; a basis is fitted to all channels alike.
  ///   - labels: The class of each image.
  ///   - classCount: The number of classes.
  ///   - random: What decides random atoms and filters.
  /// - Returns: The features.
  /// - Throws: `InputError` for what the map cannot do with these images, and for more features than there are.
  public func fitted(
    to images: Tensor<Float>, labels: [Int], classCount: Int, random: RandomStream
  ) throws -> ImageFeatures {
    let (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3])
    let planes = isFitted ? images.reshaped([-1, height, width]).map { Double($0) } : nil
    let map = try made(height, width, random, planes)
    var features = ImageFeatures(name: name, map: map, channels: channels)
    guard isLogarithmic || selection != nil else { return features }
    if let selection { try features.check(selection) }
    var rows = try features.designMatrix(images)
    if let logarithmFloor {
      let compression = LogCompression(fitting: rows, floor: logarithmFloor)
      compression.apply(&rows)
      features.compression = compression
    }
    guard let selection else { return features }
    let ranking = try SelectionCatalog.criterion(named: selection.criterion)
      .ranking(rows, labels: labels, classCount: classCount)
    features.columns = Array(ranking.prefix(selection.count))
    return features
  }
}
