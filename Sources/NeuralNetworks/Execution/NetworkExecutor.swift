/// Runs a compiled network on the parts of batches: memory and scratch, allocated when first needed.
///
/// A lane is what one thread uses at a time. Where parts meet on the way (``NetworkPlan/meetings``), each part has a slot
/// of memory of its own that keeps its values from one stretch of the way to the next; otherwise a part uses its lane's.
///
/// `Sendable` because memory is reserved between parallel loops only, and callers give each lane to one thread and each
/// slot to one part only.
final class NetworkExecutor<S: NetworkScalar>: @unchecked Sendable {
  /// A step and what it works with.
  enum Worker {
    case stage(any Stage<S>)
    case batch(BatchStage<S>)
    case none
  }

  let plan: NetworkPlan<S>
  let capacity: Int
  let workers: [Worker]

  private let arena: Arena
  private let gradientStart: Int
  private var slots: [Buffer<S>] = []

  /// Lays out the memory of a slot.
  init(_ plan: NetworkPlan<S>) {
    self.plan = plan
    capacity = plan.context.itemCount
    (arena, gradientStart) = plan.arena(capacity: capacity)
    workers = plan.steps.map { step in
      switch step.operation {
      case .mapping(let mapping): .stage(mapping.makeStage(hasGradients: plan.context.hasGradients))
      case .batch(let batch): .batch(BatchStage(batch))
      case .copy, .inPlace, .join: .none
      }
    }
  }

  /// The number of slots that have memory.
  var slotCount: Int { slots.count }

  /// The bytes of values and gradients.
  var byteCount: Int { slots.count * arena.count * MemoryLayout<S>.stride }

  /// Makes sure that so many threads may work on so many parts; must come before their loop.
  func reserve(lanes: Int, parts: Int) {
    let slotCount = plan.meetings.isEmpty ? lanes : parts
    while slots.count < slotCount { slots.append(Buffer(repeating: 0, count: arena.count)) }
    for worker in workers {
      switch worker {
      case .stage(let stage): stage.reserve(lanes: lanes, slots: slots.count)
      case .batch(let stage): stage.reserve(slots: slots.count)
      case .none: break
      }
    }
  }

  /// Lets every layer compute what depends on the parameters alone; must come before the passes that use them.
  func prepare(_ parameters: Buffer<S>) {
    for index in workers.indices {
      guard case .stage(let stage) = workers[index] else { continue }
      let step = plan.steps[index]
      stage.prepare(parameters[step.parameters.learned].span, state: parameters[step.parameters.state].span)
    }
  }

  /// The place of a part in memory.
  func part(_ index: Int, lane: Int, items: Range<Int>, step: Int = 0) -> PassPart {
    PassPart(
      index: index, lane: lane, slot: plan.meetings.isEmpty ? lane : index, count: items.count,
      place: PassPlace(step: step, firstItem: items.lowerBound))
  }

  /// The inputs of a part, for the caller to fill.
  func input(_ part: PassPart) -> UnsafeMutableBufferPointer<S> { value(0, part) }

  /// The outputs of a part after a forward pass.
  func output(_ part: PassPart) -> UnsafeMutableBufferPointer<S> { value(plan.output, part) }

  /// The gradient with respect to a part's outputs, for the caller to fill before a backward pass.
  func outputGradient(_ part: PassPart) -> UnsafeMutableBufferPointer<S> { gradient(plan.output, part) }

  /// The gradient with respect to a part's inputs, after a backward pass that goes all the way.
  func inputGradient(_ part: PassPart) -> UnsafeMutableBufferPointer<S> { gradient(0, part) }

  func value(_ index: Int, _ part: PassPart) -> UnsafeMutableBufferPointer<S> {
    memory(arena.starts[index], plan.valueCounts[index], part)
  }

  func gradient(_ index: Int, _ part: PassPart) -> UnsafeMutableBufferPointer<S> {
    memory(arena.starts[gradientStart + index], plan.valueCounts[index], part)
  }

  /// Memory for a part of a gradient that is to be added to another.
  func spare(_ index: Int, _ part: PassPart) -> UnsafeMutableBufferPointer<S> {
    memory(arena.starts[arena.starts.count - 1], plan.valueCounts[index], part)
  }

  private func memory(_ start: Int, _ count: Int, _ part: PassPart) -> UnsafeMutableBufferPointer<S> {
    slots[part.slot][start..<start + count * part.count]
  }
}
