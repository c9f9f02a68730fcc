import NeuralNetworks
import Tensors

/// Where the samples of a map lie on the image that it was made from.
struct MapGrid: Sendable {
  /// Samples along one axis: sample i lies at first + i·jump, in pixels of the image.
  struct Axis: Sendable {
    let count: Int
    let pixels: Int
    let first: Double
    let jump: Double

    /// The pixels of an image themselves.
    init(pixels: Int) { (count, self.pixels, first, jump) = (pixels, pixels, 0, 1) }

    /// The middles of receptive fields; samples spread evenly where those are not known.
    init(count: Int, pixels: Int, _ field: ReceptiveField?) {
      (self.count, self.pixels) = (count, pixels)
      if let field, field.jump > 0 {
        (jump, first) = (Double(field.jump), Double(field.start) + Double(field.size - 1) / 2)
      } else {
        jump = Double(pixels) / Double(count)
        first = (jump - 1) / 2
      }
    }

    /// Whether the samples go round with the image: after all of them the first comes again.
    var isPeriodic: Bool { Double(count) * jump == Double(pixels) }
  }

  let rows: Axis
  let columns: Axis

  /// What a motion makes of a map: for each sample the samples that it is interpolated from.
  ///
  /// - Parameters:
  ///   - motion: The motion.
  ///   - isCircular: Whether images go round.
  /// - Returns: The sources of each sample, row by row.
  func sources(_ motion: ImageMotion, isCircular: Bool) -> [Source] {
    let middle = (y: Double(rows.pixels - 1) / 2, x: Double(columns.pixels - 1) / 2)
    let goesRound = isCircular && motion.kind == .shift
    return (0..<rows.count).flatMap { row in
      (0..<columns.count).map { column in
        let place = (
          y: rows.first + Double(row) * rows.jump - middle.y,
          x: columns.first + Double(column) * columns.jump - middle.x
        )
        let origin = motion.origin(of: place)
        let y = Self.ends((origin.y + middle.y - rows.first) / rows.jump, rows, goesRound)
        let x = Self.ends((origin.x + middle.x - columns.first) / columns.jump, columns, goesRound)
        return Source(y: y, x: x, width: columns.count)
      }
    }
  }

  /// The neighbours of a place on an axis, the share of the second, and whether the place lies among the samples.
  typealias Ends = (low: Int, high: Int, share: Double, isInside: Bool)

  private static func ends(_ exact: Double, _ axis: Axis, _ goesRound: Bool) -> Ends {
    let place = abs(exact - exact.rounded()) < 1e-9 ? exact.rounded() : exact
    let low = Int(place.rounded(.down))
    let high = place == place.rounded() ? low : low + 1
    let share = place - place.rounded(.down)
    if goesRound && axis.isPeriodic {
      return ((low % axis.count + axis.count) % axis.count, (high % axis.count + axis.count) % axis.count, share, true)
    }
    let range = 0..<axis.count
    func clamped(_ index: Int) -> Int { min(max(index, 0), axis.count - 1) }
    return (clamped(low), clamped(high), share, range.contains(low) && range.contains(high))
  }

  /// What a sample is interpolated from, bilinearly.
  struct Source: Sendable {
    let places: (Int, Int, Int, Int)
    let weights: (Float, Float, Float, Float)
    /// Whether it lies inside the map, so that nothing had to be made up.
    let isInside: Bool

    init(y: Ends, x: Ends, width: Int) {
      places = (y.low * width + x.low, y.low * width + x.high, y.high * width + x.low, y.high * width + x.high)
      weights = (
        Float((1 - y.share) * (1 - x.share)), Float((1 - y.share) * x.share), Float(y.share * (1 - x.share)),
        Float(y.share * x.share)
      )
      isInside = y.isInside && x.isInside
    }
  }

  /// Moves maps.
  ///
  /// - Parameters:
  ///   - maps: `[N, C, h, w]`.
  ///   - sources: What each sample is interpolated from.
  /// - Returns: The maps, with their edges repeated where nothing is known.
  static func moved(_ maps: Tensor<Float>, _ sources: [Source]) -> Tensor<Float> {
    let plane = sources.count
    return Tensor(shape: maps.shape) { target in
      maps.withUnsafeBufferPointer { maps in
        for start in stride(from: 0, to: maps.count, by: plane) {
          for (place, source) in sources.enumerated() {
            let (p, w) = (source.places, source.weights)
            target[start + place] =
              w.0 * maps[start + p.0] + w.1 * maps[start + p.1] + w.2 * maps[start + p.2] + w.3 * maps[start + p.3]
          }
        }
      }
    }
  }
}
