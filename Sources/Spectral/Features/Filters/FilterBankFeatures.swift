internal import Parallel
public import Tensors

/// A layer of a convolutional network whose filters are fixed: cross-correlation, activation, pooling.
///
/// z_f = pool(a(x ⋆ k_f)) with a(y) = max(0, y) or |y|, as PyTorch's `conv2d(x, k, padding="same")` without bias, `relu` or
/// `abs`, and `max_pool2d` or `avg_pool2d`: the map of filter k_f, of kh×kw pixels, has the size of the image, whose outside
/// is the boundary's. D = F·windows, filter by filter, each row by row. Computed in the precision of the images, by the
/// engine's method of least cost.
public struct FilterBankFeatures: FeatureMap {
  /// The name that reports use.
  public let name: String
  /// H, the number of rows of an image.
  public let height: Int
  /// W, the number of columns of an image.
  public let width: Int
  /// The filters k, `[F, kh, kw]`.
  public let filters: Tensor<Double>
  /// The names of the F filters.
  public let filterNames: [String]
  /// What becomes of a response.
  public let activation: FilterActivation
  /// What the image is taken to be outside its borders.
  public let boundary: Boundary
  /// How the maps are summed up.
  public let pooling: FilterPooling

  private static let blockCount = 64

  /// Creates the map from its filters.
  ///
  /// - Parameters:
  ///   - name: The name that reports use.
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  ///   - filters: `[F, kh, kw]`, F ≥ 1.
  ///   - filterNames: F names; `filter 0` … when left out.
  ///   - activation: What becomes of a response.
  ///   - boundary: What is outside the image; a network has zeros there.
  ///   - pooling: How the maps are summed up.
  /// - Throws: `InputError` for filters or windows larger than the image, and weights that are not finite.
  public init(
    name: String, height: Int, width: Int, filters: Tensor<Double>, filterNames: [String]? = nil,
    activation: FilterActivation = .relu, boundary: Boundary = .zero, pooling: FilterPooling
  ) throws {
    precondition(
      filters.rank == 3 && filters.shape.allSatisfy { $0 >= 1 }, "expected filters [F, kh, kw], got \(filters.shape)")
    let (count, rows, columns) = (filters.shape[0], filters.shape[1], filters.shape[2])
    precondition(filterNames?.count ?? count == count, "expected \(count) names, got \(filterNames?.count ?? 0)")
    guard rows <= height && columns <= width else {
      throw InputError(
        name, "filters of \(rows)×\(columns) are larger than the images, which are \(height)×\(width)",
        remedy: "Take smaller filters.")
    }
    guard pooling.outputCount(height) >= 1 && pooling.outputCount(width) >= 1 else {
      throw InputError(
        name,
        "windows of \(pooling.window!)×\(pooling.window!) are larger than the images, which are \(height)×\(width)",
        remedy: "Take a window of at most \(min(height, width)), or 'global'.")
    }
    if let place = filters.firstNonFinite {
      throw InputError(name, "filter \(place / (rows * columns)) has a weight that is not a finite number")
    }
    self.name = name
    self.height = height
    self.width = width
    self.filters = filters
    self.filterNames = filterNames ?? (0..<count).map { "filter \($0)" }
    self.activation = activation
    self.boundary = boundary
    self.pooling = pooling
  }

  /// F times the windows of a map.
  public var dimension: Int { filters.shape[0] * windowCount }

  private var windowCount: Int { pooling.outputCount(height) * pooling.outputCount(width) }

  /// A product for each weight at each pixel, as the direct method has it, and an addition for each pixel of a window.
  public var operations: Double {
    let window = pooling.window.map { $0 * $0 } ?? height * width
    return Double(filters.count * height * width + dimension * window)
  }

  /// The name of the filter and, unless there is one window, its place: `cos(1,0) (0,3)`.
  public var featureNames: [String] {
    let columns = pooling.outputCount(width)
    return filterNames.flatMap { name in
      (0..<windowCount).map { windowCount == 1 ? name : "\(name) (\($0 / columns),\($0 % columns))" }
    }
  }

  /// The pooled responses of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    try validate(images)
    if let single = images as? Tensor<Float> { return try pooled(single) }
    return try pooled(images.inDouble())
  }

  private func pooled<S: SpectralScalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    let count = images.shape[0]
    let bank: Tensor<S> = filters.rounded(to: S.self)
      .reshaped([filters.shape[0], 1, filters.shape[1], filters.shape[2]])
    let parts = try parallelMap((count + Self.blockCount - 1) / Self.blockCount) { block in
      let range = block * Self.blockCount..<min(count, (block + 1) * Self.blockCount)
      let maps = try crossCorrelate(
        images[rows: range].reshaped([range.count, 1, height, width]), bank: bank, mode: .same, boundary: boundary)
      return pooled(maps: maps)
    }
    return Tensor(shape: [count, dimension]) { target in
      var place = target.baseAddress
      for part in parts {
        part.withUnsafeBufferPointer { place?.update(from: $0.baseAddress!, count: $0.count) }
        place = place.map { $0 + part.count }
      }
    }
  }

  /// The rows of maps `[n, F, H, W]`.
  private func pooled<S: SpectralScalar>(maps: Tensor<S>) -> Tensor<Double> {
    Tensor(shape: [maps.shape[0], dimension]) { target in
      maps.withUnsafeBufferPointer { maps in
        for index in 0..<target.count / windowCount {
          pooling.apply(
            maps.baseAddress! + index * height * width, rows: height, columns: width, activation,
            to: target.baseAddress! + index * windowCount)
        }
      }
    }
  }
}
