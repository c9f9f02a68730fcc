import Foundation

/// The command line that repeats a run.
enum RepeatCommand {
  /// `basislab compare` with the options that are not what they are anyway, quoted for a shell.
  static func line(_ configuration: ComparisonConfiguration) -> String {
    let standard = ComparisonConfiguration()
    let changes = ConfigurationChange.values(of: configuration, differingFrom: standard)
    let words = changes.flatMap { option, values in
      values == ["false"] ? [] : ["--\(option)"] + (values == ["true"] ? [] : values.map(quoted))
    }
    return (["basislab", "compare"] + words).joined(separator: " ")
  }

  /// A word as a shell takes it: in quotes where it holds more than letters, digits and harmless signs.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || "-_./:=,+@%".unicodeScalars.contains(scalar)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
