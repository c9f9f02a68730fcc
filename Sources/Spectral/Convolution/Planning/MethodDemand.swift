/// What a method does for some work, from the sizes alone: nothing is allocated or planned.
struct MethodDemand {
  /// What it spends time on.
  var costs = CostProfile()
  /// The real multiply-adds of one image's forward pass; preparing the bank is not counted.
  var operations = 0.0

  /// The demand of all groups, where this is that of one.
  ///
  /// - Parameters:
  ///   - groups: The number of groups.
  ///   - threads: The threads that share the groups; 1 where the threads share each group's own work.
  /// - Returns: The demand.
  func repeated(groups: Int, threads: Int) -> MethodDemand {
    var all = MethodDemand()
    all.costs.add(costs, times: Double(groups) / share(groups, among: threads))
    all.operations = operations * Double(groups)
    return all
  }
}

/// How many times faster equal parts are done by threads than by one: count / ⌈count / threads⌉.
func share(_ count: Int, among threads: Int) -> Double {
  Double(count) / Double((count + threads - 1) / threads)
}
