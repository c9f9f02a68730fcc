/// The smallest number of at least `count` whose only prime factors are 2, 3 and 5: a length that FFTW is fast at.
///
/// - Parameter count: At least 1.
/// - Returns: The length.
package func fastLength(_ count: Int) -> Int {
  precondition(count >= 1, "expected a length of at least 1, got \(count)")
  var best = Int.max
  var fives = 1
  while fives < best {
    var odd = fives
    while odd < best {
      var length = odd
      while length < count { length *= 2 }
      best = min(best, length)
      if odd >= count { break }
      odd *= 3
    }
    if fives >= count { break }
    fives *= 5
  }
  return best
}
