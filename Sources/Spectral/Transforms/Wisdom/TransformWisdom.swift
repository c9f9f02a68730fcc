internal import Tensors

/// What FFTW has learned about the fastest plans on some machine.
///
/// The wisdom that is shipped in the code is imported before the first plan of a process; FFTW ignores it where its own
/// version or the processor's vectors differ, and estimates instead. A program that may plan by measurement keeps more of
/// it in a file.
package enum TransformWisdom {
  /// Everything that FFTW knows at the moment in one precision, as text.
  ///
  /// - Parameter precision: The precision.
  /// - Returns: Text for ``learn(_:as:)``.
  package static func text<S: SpectralScalar>(as precision: S.Type) -> String {
    PlanCache.withWisdom(changes: false) { S.spectralFunctions.transforms.exportWisdom() }
  }

  /// Adds wisdom to what FFTW knows; plans made from now on use it.
  ///
  /// - Parameters:
  ///   - text: What ``text(as:)`` gave, perhaps in another process.
  ///   - precision: The precision.
  /// - Returns: Whether FFTW understood it: not when it is damaged, or from another version or kind of processor.
  package static func learn<S: SpectralScalar>(_ text: String, as precision: S.Type) -> Bool {
    PlanCache.withWisdom(changes: true) { S.spectralFunctions.transforms.importWisdom(text) }
  }

  /// Leaves FFTW with no wisdom but the shipped one.
  package static func forget() {
    PlanCache.withWisdom(changes: true) {
      forgetAll()
      _ = Float.spectralFunctions.transforms.importWisdom(ShippedWisdom.float)
      _ = Double.spectralFunctions.transforms.importWisdom(ShippedWisdom.double)
    }
  }

  /// Measures, while `body` runs, every transform that is planned and that no wisdom is there for.
  ///
  /// - Parameters:
  ///   - effort: How much is tried.
  ///   - body: Makes plans; other threads that plan meanwhile measure too.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws.
  package static func measuring<Result>(_ effort: PlanningEffort = .measure, _ body: () throws -> Result) rethrows
    -> Result
  {
    PlanCache.setEffort(effort)
    defer { PlanCache.setEffort(.estimate) }
    return try body()
  }

  /// The source of `ShippedWisdom.swift`, measured now, which takes about a minute.
  ///
  /// - Returns: Swift source.
  package static func shippedSource() -> String {
    PlanCache.withWisdom(changes: true) { forgetAll() }
    measuring(.patient) { plan(rowsOfTiles) }
    measuring(.measure) { plan(longRowsAndPlanes) }
    return """
      // Made by `make wisdom`: not to be edited.
      // swift-format-ignore-file

      /// FFTW's wisdom about the transforms that the engine asks for most.
      enum ShippedWisdom {
        static let float = \"\"\"
      \(text(as: Float.self))\"\"\"

        static let double = \"\"\"
      \(text(as: Double.self))\"\"\"
      }
      """
  }

  private static func plan(_ requests: [TransformRequest]) {
    for request in requests {
      _ = TransformPlan<Float>(request)
      _ = TransformPlan<Double>(request)
    }
  }

  private static func forgetAll() {
    Float.spectralFunctions.transforms.forgetWisdom()
    Double.spectralFunctions.transforms.forgetWisdom()
  }
}
