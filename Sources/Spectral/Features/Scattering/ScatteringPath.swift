/// The wavelets that lead to one channel of a scattering transform: none, one or two.
public struct ScatteringPath: Sendable, Hashable {
  /// jᵢ of each wavelet, increasing: its wavelength is 2^j·8/3 pixels.
  public let scales: [Int]
  /// θᵢ of each wavelet, 0..<L.
  public let orientations: [Int]

  /// m, the number of wavelets.
  public var order: Int { scales.count }

  /// `S0`, `S1 j=1 θ=3` or `S2 j=0 θ=3, j=1 θ=5`.
  public var name: String {
    let steps = zip(scales, orientations).map { "j=\($0) θ=\($1)" }
    return order == 0 ? "S0" : "S\(order) " + steps.joined(separator: ", ")
  }

  /// The paths up to an order: shorter first, then by the first wavelet, then by the second; a wavelet by j, then θ.
  static func all(scales: Int, orientations: Int, maximumOrder: Int) -> [ScatteringPath] {
    var (paths, longest) = ([ScatteringPath](), [ScatteringPath(scales: [], orientations: [])])
    for _ in 0..<maximumOrder {
      paths += longest
      longest = longest.flatMap { path in
        ((path.scales.last ?? -1) + 1..<max(scales, (path.scales.last ?? -1) + 1)).flatMap { scale in
          (0..<orientations).map {
            ScatteringPath(scales: path.scales + [scale], orientations: path.orientations + [$0])
          }
        }
      }
    }
    return paths + longest
  }
}
