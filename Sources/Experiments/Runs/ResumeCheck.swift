import Formats
import Foundation
import Tensors

/// Whether a comparison is the one that a run was begun with.
enum ResumeCheck {
  /// Fails where the version, an option or the data have changed, naming all that have.
  static func require(_ comparison: Comparison, continues run: Run) throws {
    let found = changes(from: run, to: comparison)
    guard found.isEmpty else {
      throw InputError(
        "run '\(run.name)'", "cannot be resumed, since this has changed: \(found.joined(separator: "; "))",
        remedy: "Begin a new run without --resume, or restore what has changed.")
    }
  }

  /// What has changed, in words.
  static func changes(from run: Run, to comparison: Comparison) -> [String] {
    let version =
      run.version == CodeVersion.current ? [] : ["BasisLab was version \(run.version) and is \(CodeVersion.current)"]
    let options = ConfigurationChange.between(run.configuration, comparison.configuration).map(\.description)
    guard version.isEmpty && options.isEmpty else { return version + options }
    let checksums = comparison.arenas.map { (label: $0.label, checksum: $0.dataset.checksum) }
    guard checksums.map(\.label) == run.parts.map(\.label) else { return ["the number of training images"] }
    return zip(checksums, run.parts).compactMap { now, part in
      now.checksum == part.dataset.checksum
        ? nil : "the data of \(part.label) (checksum \(part.dataset.checksum), now \(now.checksum))"
    }
  }
}
