import Tensors

extension GLMProblem {
  func validate() throws {
    try family.check(link)
    guard rowCount > 0 else { throw InputError("features", "no rows to fit a model to") }
    try checkCount(response.count, of: response.noun)
    try checkFinite(features, "features", remedy: "Remove the image or replace the pixel.")
    try checkWeights()
    try checkOffset()
    switch response {
    case .numbers(let values): try check(values)
    case .classes(let labels, let count): try check(labels, count)
    }
  }

  private func checkCount(_ count: Int, of noun: String) throws {
    guard count == rowCount else {
      throw InputError(noun, "\(count) \(noun) for \(rowCount) rows of features", remedy: "Give one per row.")
    }
  }

  private func checkFinite(_ values: Tensor<Double>, _ noun: String, remedy: String) throws {
    guard !values.dot(values).isFinite,
      let place = values.withUnsafeBufferPointer({ $0.firstIndex { !$0.isFinite } })
    else { return }
    let columns = values.rank == 2 ? values.shape[1] : 1
    let column = values.rank == 2 ? ", column \(place % columns)" : ""
    throw InputError(noun, "row \(place / columns)\(column) is not finite", remedy: remedy)
  }

  private func checkWeights() throws {
    guard let rowWeights else { return }
    try checkCount(rowWeights.count, of: "weights")
    try checkFinite(rowWeights, "weights", remedy: "Give a number of at least 0.")
    if let row = rowWeights.elements.firstIndex(where: { $0 < 0 }) {
      throw InputError("weights", "row \(row) has \(rowWeights[row]), expected at least 0")
    }
    guard totalWeight > 0 else { throw InputError("weights", "all weights are 0, so there is nothing to fit") }
  }

  private func checkOffset() throws {
    guard let offset else { return }
    let shape = family == .multinomial ? [rowCount, scoreCount] : [rowCount]
    guard offset.shape == shape else {
      throw InputError("offset", "expected shape \(shape), got \(offset.shape)", remedy: "Give one number per score.")
    }
    try checkFinite(offset, "offset", remedy: "Give a finite number.")
  }

  private func check(_ labels: [Int], _ count: Int) throws {
    guard family == .multinomial || family == .binomial else {
      throw InputError("response", "the \(family.rawValue) family explains numbers, got classes")
    }
    guard family == .multinomial ? count >= 2 : count == 2 else {
      throw InputError(
        "labels",
        "the \(family.rawValue) family needs \(family == .multinomial ? "at least 2" : "2") classes, got \(count)")
    }
    if let row = labels.firstIndex(where: { $0 < 0 || $0 >= count }) {
      throw InputError("labels", "row \(row) has class \(labels[row]), expected 0 to \(count - 1)")
    }
    guard labels.contains(where: { $0 != labels[0] }) else {
      throw InputError(
        "labels", "all \(rowCount) rows are of class \(labels[0])", remedy: "A classifier needs at least two classes.")
    }
  }

  private func check(_ values: [Double]) throws {
    guard let range = family.responseRange else {
      throw InputError("response", "the multinomial family explains classes, got numbers")
    }
    if let row = values.firstIndex(where: { !range.contains($0) || !$0.isFinite }) {
      throw InputError(
        "response",
        "row \(row) has \(values[row]), expected \(family.responseDescription) for the "
          + "\(family.rawValue) family")
    }
    try checkMean(values)
  }

  /// A mean at the border of its domain belongs to an infinite score.
  private func checkMean(_ values: [Double]) throws {
    let mean = weightedMean
    let remedy = "The optimum of the intercept lies at infinity."
    switch (family, link) {
    case (.binomial, _) where mean == 0 || mean == 1:
      throw InputError("response", "all \(rowCount) rows are \(Int(mean))", remedy: remedy)
    case (.poisson, _) where mean == 0:
      throw InputError("response", "all \(rowCount) counts are 0", remedy: remedy)
    case (.gaussian, .log) where mean <= 0:
      throw InputError(
        "response", "the mean is \(mean), expected a positive one for the log link", remedy: "Use the identity link.")
    default: break
    }
  }

  /// Σ wᵢyᵢ/Σ wᵢ of a response of numbers.
  var weightedMean: Double { (rowWeights.map { $0.dot(targets) } ?? targets.sum) / totalWeight }
}

extension Response {
  fileprivate var noun: String {
    switch self {
    case .numbers: "responses"
    case .classes: "labels"
    }
  }
}

extension Family {
  /// The numbers that a response may have; `nil` for classes.
  var responseRange: ClosedRange<Double>? {
    switch self {
    case .gaussian: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
    case .binomial: 0...1
    case .poisson: 0 ... .greatestFiniteMagnitude
    case .multinomial: nil
    }
  }

  fileprivate var responseDescription: String {
    switch self {
    case .gaussian: "a finite number"
    case .binomial: "a number from 0 to 1"
    case .poisson: "a number of at least 0"
    case .multinomial: "a class"
    }
  }
}
