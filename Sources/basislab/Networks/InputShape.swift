import ArgumentParser
import Tensors

/// The shape of one image as it is typed: `1x16x16`, or `16x16` for one channel.
struct InputShape: ExpressibleByArgument {
  /// `[C, H, W]`.
  let sizes: [Int]

  /// Fails where it is no shape with sizes of 1 to 4096.
  init?(argument: String) {
    let sides = argument.lowercased().split(omittingEmptySubsequences: false) { "x×".contains($0) }
    let sizes = sides.compactMap { Int($0) }
    guard sizes.count == sides.count, (2...3).contains(sizes.count), sizes.allSatisfy({ (1...4096).contains($0) })
    else { return nil }
    self.sizes = sizes.count == 2 ? [1] + sizes : sizes
  }

  /// One channel of 16×16 pixels.
  static let standard = InputShape(argument: "1x16x16")!

  var defaultValueDescription: String { sizes.map(String.init).joined(separator: "x") }
}
