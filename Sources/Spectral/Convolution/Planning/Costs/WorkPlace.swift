internal import Foundation

/// Where a convolution lies among others: as far apart as methods are likely to err differently about them.
///
/// Logarithms of the sizes, in units of the factor that tells two works apart as much as another purpose does; strides,
/// dilations, groups and boundaries lead away from what is measured, which has none of them.
struct WorkPlace: Codable, Equatable, Sendable {
  private static let count = 13

  private let coordinates: [Double]

  init(_ work: ConvolutionWork) {
    let shape = work.shape
    let sizes: [(Int, unit: Double)] = [
      (shape.inputChannels, 3), (shape.outputChannels, 3), (work.images, 4), (shape.inputHeight, 1.5),
      (shape.inputWidth, 1.5), (shape.kernelHeight, 2), (shape.kernelWidth, 2), (shape.strideY * shape.strideX, 1),
      (shape.dilationY * shape.dilationX, 1), (shape.groups, 1),
    ]
    let flags = [work.purpose == .training, work.purpose == .single, work.boundary != .zero]
    coordinates = sizes.map { log2(Double($0)) / $1 } + flags.map { $0 ? 1 : 0 }
  }

  init(from decoder: any Decoder) throws { coordinates = try [Double](from: decoder) }
  func encode(to encoder: any Encoder) throws { try coordinates.encode(to: encoder) }

  /// Whether it may have been made from a work.
  var isValid: Bool { coordinates.count == Self.count && coordinates.allSatisfy(\.isFinite) }

  /// The distance to another work.
  func distance(to other: WorkPlace) -> Double {
    var sum = 0.0
    for index in coordinates.indices {
      let difference = coordinates[index] - other.coordinates[index]
      sum += difference * difference
    }
    return sum.squareRoot()
  }
}
