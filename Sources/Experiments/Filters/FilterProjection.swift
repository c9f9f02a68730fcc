import Parallel
import Spectral
import Statistics
public import Tensors

/// Where the filters of a layer have their energy, in the bands of a fixed basis, beside filters that have learned nothing.
///
/// The share of filter f in band b is Σ c²/‖w_f‖² over the coefficients of all its channels on the atoms of the band; the
/// share of the layer is that of all its filters together. The same is done for filters drawn as the network draws its
/// first weights, many times over: what lies outside their 95 % interval is what learning has added or taken away.
public struct FilterProjection: Codable, Sendable {
  /// A band of the basis.
  public struct Band: Codable, Sendable {
    /// Its name, such as `level 1 horizontal`.
    public let name: String
    /// The number of its atoms.
    public let atoms: Int
    /// The share of the layer's energy, 0…1.
    public let learned: Double
    /// The share before learning: mean and 95 % interval over draws.
    public let initial: Estimate
    /// The filters whose own share lies above the 97.5 % quantile of single filters before learning.
    public let filtersAbove: Int
    /// The filters whose own share lies below the 2.5 % quantile.
    public let filtersBelow: Int
  }

  /// The key of the layer.
  public let layer: String
  /// The name of the basis.
  public let basis: String
  /// What is said of filters whose size the basis does not have.
  public let remark: String?
  /// The shape of the filters, `[F, C, kh, kw]`.
  public let shape: [Int]
  /// The number of times that first weights were drawn.
  public let draws: Int
  /// The mean of ‖w_f‖² over filters.
  public let energy: Double
  /// The same before learning: mean and 95 % interval over draws.
  public let initialEnergy: Estimate
  /// The bands, in the order of the basis.
  public let bands: [Band]
  /// The share of each filter (row) in each band (column); 0 where a filter is zero.
  public let shares: [[Double]]

  /// Projects filters.
  ///
  /// - Parameters:
  ///   - filters: `[F, C, kh, kw]`.
  ///   - layer: The layer that they belong to, which knows how it draws its first weights.
  ///   - name: The name of an orthonormal basis.
  ///   - draws: The number of times that first weights are drawn, at least 2.
  ///   - stream: Where the chance comes from.
  /// - Throws: `InputError` for a basis that cannot be used.
  public init(
    _ filters: Tensor<Double>, of layer: FilterLayer, basis name: String, draws: Int, from stream: RandomStream
  ) throws {
    let basis = try FilterBasis(named: name, size: layer.size, from: stream.split("random basis"))
    let learned = LayerEnergies(filters, basis)
    let initial = try parallelMap(draws) { LayerEnergies(layer.firstFilters(from: stream.split($0)), basis) }
    self.layer = layer.key
    self.basis = name
    self.draws = draws
    remark = basis.remark
    shape = filters.shape
    energy = learned.energy
    initialEnergy = Self.spread(initial.map(\.energy))
    shares = learned.shares
    bands = basis.basis.bands.enumerated().map { place, band in
      let single = initial.flatMap { $0.shares.map { $0[place] } }.sorted()
      let (low, high) = (Quantile.value(0.025, ofSorted: single), Quantile.value(0.975, ofSorted: single))
      return Band(
        name: band.name, atoms: band.atoms.count, learned: learned.total[place],
        initial: Self.spread(initial.map { $0.total[place] }),
        filtersAbove: learned.shares.count { $0[place] > high }, filtersBelow: learned.shares.count { $0[place] < low })
    }
  }

  private static func spread(_ values: [Double]) -> Estimate {
    let sorted = values.sorted()
    return Estimate(
      mean: values.reduce(0, +) / Double(values.count), lower: Quantile.value(0.025, ofSorted: sorted),
      upper: Quantile.value(0.975, ofSorted: sorted))
  }
}

extension FilterProjection.Band {
  /// Whether the layer has more or less energy here than chance gives it.
  public var answer: String {
    learned > initial.upper ? "more" : learned < initial.lower ? "less" : ""
  }
}

/// The energies of a layer's filters in the bands of a basis.
private struct LayerEnergies: Sendable {
  /// The mean of ‖w_f‖².
  let energy: Double
  /// The share of each filter in each band.
  let shares: [[Double]]
  /// The share of all filters together.
  let total: [Double]

  init(_ filters: Tensor<Double>, _ basis: FilterBasis) {
    let (count, channels) = (filters.shape[0], filters.shape[1])
    let energies = basis.bandEnergies(filters.reshaped([-1, filters.shape[2], filters.shape[3]]))
    let bands = energies.shape[1]
    let sums = (0..<count).map { filter in
      (0..<bands).map { band in (0..<channels).reduce(0) { $0 + energies[filter * channels + $1, band] } }
    }
    let totals = (0..<bands).map { band in sums.reduce(0) { $0 + $1[band] } }
    energy = totals.reduce(0, +) / Double(count)
    shares = sums.map(Self.shares)
    total = Self.shares(totals)
  }

  private static func shares(_ energies: [Double]) -> [Double] {
    let sum = energies.reduce(0, +)
    return energies.map { sum > 0 ? $0 / sum : 0 }
  }
}
