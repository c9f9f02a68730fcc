/// Finds what a mistyped word was meant to be.
public enum Suggestion {
  /// The error for a word that is not among the accepted ones, with "did you mean" where one is near.
  ///
  /// - Parameters:
  ///   - word: What was typed.
  ///   - kind: What it should have named, such as `"basis"`.
  ///   - accepted: The words that exist.
  /// - Returns: The error to throw.
  public static func unknown(_ word: String, kind: String, accepted: [String]) -> InputError {
    let hint = closest(to: word, among: accepted).map { "; did you mean '\($0)'?" } ?? ""
    return InputError(nil, "unknown \(kind) '\(word)'\(hint)", remedy: "Accepted: \(accepted.joined(separator: ", ")).")
  }

  /// The accepted word with the smallest edit distance, if it differs in no more than a third of its letters, at least
  /// one, and not in all.
  ///
  /// - Parameters:
  ///   - word: What was typed.
  ///   - accepted: The words that exist.
  /// - Returns: The nearest accepted word, or `nil`.
  public static func closest(to word: String, among accepted: [String]) -> String? {
    let lowered = word.lowercased()
    let nearest = accepted.map { ($0, editDistance(lowered, $0.lowercased())) }.min { $0.1 < $1.1 }
    guard let (candidate, distance) = nearest else { return nil }
    let length = max(word.count, candidate.count)
    return distance <= max(1, length / 3) && distance < length ? candidate : nil
  }

  /// The number of letters to insert, delete, replace or exchange with their neighbour (optimal string alignment).
  static func editDistance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left), Array(right))
    var table = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
    for i in 0...a.count { table[i][0] = i }
    for i in 0..<a.count {
      for j in 0..<b.count {
        table[i + 1][j + 1] = min(
          table[i][j + 1] + 1, table[i + 1][j] + 1, table[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
          table[i + 1][j + 1] = min(table[i + 1][j + 1], table[i - 1][j - 1] + 1)
        }
      }
    }
    return table[a.count][b.count]
  }
}
