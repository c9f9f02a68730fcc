internal import Tensors

/// How the units of a pass by spectra, images or pairs of images, are shared out, by the sizes alone.
struct SpectrumTasks: Sendable {
  /// The numbers of spectra that stay in the processor's cache.
  private static let cachedCount = 1 << 17
  /// The nanoseconds that are worth a task.
  private static let nanosecondsOfTask = 5_000.0
  /// The nanoseconds of a unit's planes from which sharing them out pays.
  private static let nanosecondsOfSharedPlanes = 20_000.0

  /// The most units of a task: those whose spectra stay in the cache together, and with which the bank is read once.
  let most: Int
  /// The units from which a task pays, and is not read less than the bank.
  private let least: Int
  private let isPaired: Bool
  private let planeNanoseconds: Double

  /// - Parameters:
  ///   - size: The grid.
  ///   - channels: The spectra of a unit of images.
  ///   - filters: The spectra of a unit of outputs.
  init(_ size: (height: Int, width: Int), channels: Int, filters: Int) {
    isPaired = SpectrumTransformChoice.isPaired(size)
    let numbers = 2 * size.height * (isPaired ? size.width : size.width / 2 + 1)
    most = max(4, Self.cachedCount / (numbers * (channels + filters)))
    let (height, width) = (PairLength(size.height), PairLength(size.width))
    planeNanoseconds = SpectrumTransformChoice.nanoseconds(height, width, rows: size.height)
    let worthwhile = Int(Self.nanosecondsOfTask / (planeNanoseconds * Double(channels + filters)))
    least = min(most, max(1, worthwhile, channels * filters / (channels + filters)))
  }

  /// The units of each task but the last.
  func size(of units: Int) -> Int {
    let tasks = max(1, max((units + most - 1) / most, units / least))
    return max(1, (units + tasks - 1) / tasks)
  }

  /// Whether so many planes of a unit are worth sharing out, which a plane that shares itself is not.
  func sharesPlanes(_ count: Int) -> Bool {
    isPaired && Double(count) * planeNanoseconds >= Self.nanosecondsOfSharedPlanes
  }

  /// How many times faster units are done by threads than by one.
  func speedup(units: Int, threads: Int) -> Double {
    let size = size(of: units)
    let tasks = (units + size - 1) / size
    return Double(units) / Double(min(units, (tasks + threads - 1) / threads * size))
  }
}
