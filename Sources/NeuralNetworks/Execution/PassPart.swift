/// A part of a batch on its way through a network.
struct PassPart: Sendable {
  /// The number of the part.
  let index: Int
  /// What the thread that works on it has to itself.
  let lane: Int
  /// The memory of its values: its own where parts meet on the way, otherwise the lane's.
  let slot: Int
  /// The number of items.
  let count: Int
  /// Which items they are.
  let place: PassPlace
}
