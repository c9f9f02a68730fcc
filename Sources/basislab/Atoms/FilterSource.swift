import ArgumentParser
import Experiments
import Formats
import Foundation
import Spectral
import Tensors

/// The options that name the filters of a trained layer.
struct FilterSource: ParsableArguments {
  @Option(help: ArgumentHelp("Show learned filters: the weights of a network.", valueName: "file.safetensors"))
  var weights: String?

  @Option(help: ArgumentHelp("The layer whose filters are shown, with --weights.", valueName: "key"))
  var layer: String?

  func validate() throws {
    guard (weights == nil) == (layer == nil) else {
      throw ValidationError("expected --weights and --layer together, as in --weights small.safetensors --layer 0")
    }
  }

  /// The filters that were named; `nil` where none were.
  ///
  /// - Parameter size: The rows and columns of what a dense layer sees.
  /// - Returns: The filters.
  /// - Throws: `InputError` where file or layer cannot be used.
  func load(size: ImageSize?) throws -> LearnedFilters? {
    guard let weights, let layer else { return nil }
    return try LearnedFilters(
      Safetensors.read(URL(fileURLWithPath: weights)), layer: layer, origin: weights,
      size: size.map { ($0.height, $0.width) })
  }
}
