import Foundation
import Formats
import Tensors
import TestSupport
import Testing

/// Thousands of damaged files: each either decodes or is refused with an `InputError`.
@Suite struct FuzzTests {
  @Test(arguments: ["little-f4", "big-U", "fortran-big", "scalar", "version-3", "object", "structured"])
  func damagedNPY(name: String) throws {
    try fuzz("\(name).npy", rounds: 3000) { source in
      let array = try NPY.decode(source)
      _ = try? array.tensor(as: Float.self)
      _ = try? array.integers()
      _ = try? array.strings()
    }
  }

  @Test(arguments: ["stored", "deflated", "zip64", "names", "none"])
  func damagedNPZ(name: String) throws {
    try fuzz("\(name).npz", rounds: 1500) { source in
      let archive = try NPZArchive(source)
      for name in archive.names { _ = try archive[name] }
    }
  }

  @Test(arguments: ["gray8", "gray16", "gray1", "palette", "interlaced", "rgba"])
  func damagedPNG(name: String) throws {
    try fuzz("\(name).png", repairing: Mutation.repairPNGChecksums, rounds: 3000) { source in
      _ = try PNG.decode(source).gray(as: Float.self)
    }
  }

  @Test(arguments: ["weights", "none"])
  func damagedSafetensors(name: String) throws {
    try fuzz("\(name).safetensors", rounds: 3000) { source in
      let archive = try SafetensorsArchive(source)
      for name in archive.names { _ = try archive[name].tensor(as: Float.self) }
    }
  }

  private func fuzz(
    _ name: String, repairing: ([UInt8]) -> [UInt8] = { $0 }, rounds: Int, _ decode: (ByteSource) throws -> Void
  ) throws {
    let original = [UInt8](try Data(contentsOf: Places.fixture(name)))
    let seed: UInt64 = 2026
    var refused = 0
    for round in 0..<rounds {
      var stream = RandomStream(seed: seed).split(name).split(round)
      let source = ByteSource(repairing(Mutation.mutate(original, &stream)), name: name)
      do { try decode(source) } catch is InputError { refused += 1 } catch {
        Issue.record("\(name), seed \(seed), round \(round): \(error)")
      }
    }
    let isReadable = (try? decode(ByteSource(original, name: name))) != nil
    #expect(refused > rounds / 4 && (refused < rounds || !isReadable))
  }
}
