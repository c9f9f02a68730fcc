internal import CKernels
internal import Numerics
internal import Tensors

/// A scattering transform of as many images as a vector has lanes, in one precision.
///
/// Path by path: a map's spectrum, the product with a wavelet, folded to the grid of its scale, the modulus of the inverse
/// transform, its average at the outputs' places. An image's bits do not depend on the others'.
struct ScatteringPlan<S: SpectralScalar>: Sendable {
  /// The maps of one resolution: their transforms, and their averages.
  private struct Level {
    let size: ImageSize
    let rowAverage: PlainTable<S>
    let columnAverage: PlainTable<S>
    let alongRows: LaneTransform<S>
    let alongColumns: LaneTransform<S>
  }

  /// The channel of a map, and the wavelets that lead on.
  private struct Node: Sendable {
    let channel: Int
    let resolution: Int
    var steps: [Step] = []

    /// The longest way down.
    var depth: Int { steps.map { $0.node.depth + 1 }.max() ?? 0 }
  }

  private struct Step: Sendable {
    let filter: ScatteringFilter<S>
    let node: Node
  }

  /// The features of an image.
  let featureCount: Int

  private let outputSize: ImageSize
  private let sources: PlainTable<Int>
  private let levels: [Int: Level]
  private let root: Node

  init(_ grid: ScatteringGrid, _ paths: [ScatteringPath]) {
    outputSize = ImageSize(grid.rows.outputCount, grid.columns.outputCount)
    featureCount = paths.count * outputSize.count
    sources = PlainTable(grid.sources)
    levels = Dictionary(
      uniqueKeysWithValues: Set((0..<grid.scales).map { grid.resolution(scale: $0) } + [0]).map {
        ($0, Self.level($0, of: grid))
      })
    var filters: [FilterKey: ScatteringFilter<S>] = [:]
    root = Self.node(channel: 0, paths, grid, &filters)
  }

  private static func level(_ resolution: Int, of grid: ScatteringGrid) -> Level {
    let size = grid.size(resolution: resolution)
    return Level(
      size: size, rowAverage: PlainTable(grid.rows.average(resolution: resolution).map { S($0) }),
      columnAverage: PlainTable(grid.columns.average(resolution: resolution).map { S($0) }),
      alongRows: LaneTransform(count: size.width), alongColumns: LaneTransform(count: size.height))
  }

  private struct FilterKey: Hashable {
    let resolution: Int
    let scale: Int
    let orientation: Int
  }

  /// The tree of paths, whose wavelets are shared.
  private static func node(
    channel: Int, _ paths: [ScatteringPath], _ grid: ScatteringGrid, _ filters: inout [FilterKey: ScatteringFilter<S>]
  ) -> Node {
    let path = paths[channel]
    var node = Node(channel: channel, resolution: path.scales.last.map { grid.resolution(scale: $0) } ?? 0)
    for (next, longer) in paths.enumerated()
    where longer.order == path.order + 1 && longer.scales.starts(with: path.scales)
      && longer.orientations.starts(with: path.orientations)
    {
      let (scale, orientation) = (longer.scales[path.order], longer.orientations[path.order])
      let key = FilterKey(resolution: node.resolution, scale: scale, orientation: orientation)
      let filter =
        filters[key]
        ?? ScatteringFilter(
          grid.wavelet(scale: scale, orientation: orientation, resolution: node.resolution),
          size: grid.size(resolution: node.resolution),
          response: grid.size(resolution: grid.resolution(scale: scale)))
      filters[key] = filter
      node.steps.append(Step(filter: filter, node: Self.node(channel: next, paths, grid, &filters)))
    }
    return node
  }

  /// Real multiply-adds for one image.
  var operations: Double { operations(of: root) }

  private func operations(of node: Node) -> Double {
    let size = levels[node.resolution]!.size
    let average = Double(outputSize.width * size.count + outputSize.count * size.height)
    guard !node.steps.isEmpty else { return average }
    return node.steps.reduce(average + 1.25 * size.transformSteps) { sum, step in
      let response = levels[step.node.resolution]!.size
      return sum + Double(2 * step.filter.termCount + 2 * response.count) + 2.5 * response.transformSteps
        + operations(of: step.node)
    }
  }

  /// A workspace for one thread.
  func workspace() -> ScatteringWorkspace<S> {
    let size = levels[0]!.size
    return ScatteringWorkspace(size: size, featureCount: featureCount, depth: root.depth)
  }

  /// Scatters images that follow each other in memory, no more than there are lanes, to rows of features.
  func run(
    _ images: UnsafePointer<S>, count: Int, imageStride: Int, workspace: ScatteringWorkspace<S>,
    to rows: UnsafeMutablePointer<S>
  ) {
    let functions = S.spectralFunctions.lanes
    functions.gather(sources.count, sources.base, images, imageStride, count, workspace.maps[0].base)
    scatter(root, depth: 0, workspace)
    functions.scatter(featureCount, workspace.features.base, count, rows)
  }

  /// Averages a map, and goes on from it.
  private func scatter(_ node: Node, depth: Int, _ workspace: ScatteringWorkspace<S>) {
    let (functions, level) = (S.spectralFunctions.lanes, levels[node.resolution]!)
    let (map, scratch) = (workspace.maps[depth].base, workspace.scratch.base)
    withUnsafePointer(to: average(of: level.size)) {
      functions.average(
        $0, level.rowAverage.base, level.columnAverage.base, map,
        workspace.features.base + node.channel * outputSize.count * LaneLoops<S>.count, scratch)
    }
    guard !node.steps.isEmpty else { return }
    let (spectrum, response, turned) = (workspace.spectra[depth].base, workspace.response.base, workspace.turned.base)
    level.alongRows.realRows(map, level.size.height, to: turned, scratch: scratch)
    level.alongColumns.columns(turned, level.size.width / 2 + 1, isInverse: false, to: spectrum, scratch: scratch)
    for step in node.steps {
      let coarse = levels[step.node.resolution]!
      step.filter(spectrum, to: response)
      coarse.alongColumns.columns(response, coarse.size.width, isInverse: true, to: turned, scratch: scratch)
      coarse.alongRows.modulusRows(turned, coarse.size.height, to: workspace.maps[depth + 1].base, scratch: scratch)
      scatter(step.node, depth: depth + 1, workspace)
    }
  }

  private func average(of size: ImageSize) -> lane_average {
    lane_average(
      rows: size.height, columns: size.width, out_rows: outputSize.height, out_columns: outputSize.width)
  }
}

extension ImageSize {
  /// n·log₂ n for n pixels.
  var transformSteps: Double { Double(count) * Double.log2(Double(count)) }
}
