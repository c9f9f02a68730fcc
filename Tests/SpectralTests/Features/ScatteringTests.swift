import Formats
import Numerics
import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct ScatteringTests {
  @Test func coefficientsAreKymatios() throws {
    let archive = try FeatureFixtures.archive("kymatio")
    let cases = try archive["cases"].integers()
    for (index, start) in stride(from: 0, to: cases.count, by: 5).enumerated() {
      let map = try ScatteringFeatures(
        height: cases[start], width: cases[start + 1], scales: cases[start + 2], orientations: cases[start + 3],
        maximumOrder: cases[start + 4])
      let images: Tensor<Double> = try archive["images_\(index)"].tensor()
      let expected: Tensor<Double> = try archive["coefficients_\(index)"].tensor()
      let single = try map.transform(images.map { Float($0) }).map { Double($0) }
      #expect(relativeError(try map.transform(images), expected) < 3e-7, "\(cases[start..<start + 5])")
      #expect(relativeError(single, expected) < 1e-6, "\(cases[start..<start + 5])")
      #expect(relativeError(definition(map, images), expected) < 3e-7, "\(cases[start..<start + 5])")
    }
  }

  @Test(arguments: Boundary.allCases)
  func theFastWayIsTheDefinition(boundary: Boundary) throws {
    for (height, width, orientations) in [(16, 16, 3), (8, 12, 4), (4, 6, 2), (2, 2, 1), (24, 8, 5)] {
      let largest = ScatteringFeatures.largestScales(height: height, width: width, boundary: boundary)
      for scales in 1...largest {
        for order in 0...2 {
          try check(
            ScatteringFeatures(
              height: height, width: width, scales: scales, orientations: orientations, maximumOrder: order,
              boundary: boundary))
        }
      }
    }
  }

  /// All lengths of transforms, with every radix.
  @Test func everySizeIsServed() throws {
    for count in 2...40 {
      try check(ScatteringFeatures(height: count, width: 7, scales: 1, orientations: 2))
      guard count.isMultiple(of: 2) else { continue }
      try check(ScatteringFeatures(height: 4, width: count, scales: 1, orientations: 2, boundary: .circular))
    }
  }

  private func check(_ map: ScatteringFeatures) throws {
    let images: Tensor<Double> = randomTensor([2, map.height, map.width], seed: 41)
    let expected = definition(map, images)
    let single = try map.transform(images.map { Float($0) }).map { Double($0) }
    let comment: Comment = "\(map.height)×\(map.width) \(map.name)"
    #expect(relativeError(try map.transform(images), expected) < 2e-14, comment)
    #expect(relativeError(single, expected) < 2e-6, comment)
  }

  private func definition(_ map: ScatteringFeatures, _ images: Tensor<Double>) -> Tensor<Double> {
    let rows = (0..<images.shape[0]).flatMap { index in
      ScatteringDefinition.transform(images[rows: index..<index + 1].reshaped([map.height, map.width]), as: map)
        .elements
    }
    return Tensor(rows, shape: [images.shape[0], map.paths.count, map.outputHeight, map.outputWidth])
  }

  @Test func theFullAverageSeesNoCircularShift() throws {
    let map = try ScatteringFeatures(height: 16, width: 16, scales: 4, orientations: 4, boundary: .circular)
    let image: Tensor<Double> = randomTensor([1, 16, 16], seed: 42)
    let expected = try map.designMatrix(image)
    for (rows, columns) in [(0, 1), (1, 0), (3, 7), (8, 8), (15, 2)] {
      let moved = shifted(image, rows, columns)
      #expect(relativeError(try map.designMatrix(moved), expected) < 1e-14, "shift (\(rows), \(columns))")
      let single = try map.designMatrix(moved.map { Float($0) })
      #expect(relativeError(single, expected) < 1e-6, "shift (\(rows), \(columns))")
    }
  }

  @Test func aShiftByTheStrideMovesTheOutputs() throws {
    let map = try ScatteringFeatures(height: 16, width: 24, scales: 2, orientations: 3, boundary: .circular)
    let image: Tensor<Double> = randomTensor([1, 16, 24], seed: 43)
    let (before, after) = (try map.transform(image), try map.transform(shifted(image, 4, 16)))
    for channel in map.paths.indices {
      for row in 0..<4 {
        for column in 0..<6 {
          let difference = after[0, channel, (row + 1) % 4, (column + 4) % 6] - before[0, channel, row, column]
          #expect(abs(difference) < 1e-14)
        }
      }
    }
  }

  private func shifted(_ image: Tensor<Double>, _ rows: Int, _ columns: Int) -> Tensor<Double> {
    let (height, width) = (image.shape[1], image.shape[2])
    var result = image
    for y in 0..<height {
      for x in 0..<width { result[0, (y + rows) % height, (x + columns) % width] = image[0, y, x] }
    }
    return result
  }

  @Test func aConstantHasOnlyItsMean() throws {
    for boundary in Boundary.allCases where boundary != .zero {
      let map = try ScatteringFeatures(height: 16, width: 16, scales: 4, orientations: 2, boundary: boundary)
      let row = try map.designMatrix(Tensor<Double>(repeating: 3, shape: [1, 16, 16])).elements
      #expect(abs(row[0] - (boundary == .circular ? 3 : 3 * Double.pi / 3.1415)) < 1e-12)
      #expect(row.dropFirst().allSatisfy { abs($0) < 1e-12 }, "\(boundary)")
    }
  }

  @Test func aWaveIsSeenByTheWaveletsOfItsFrequency() throws {
    let map = try ScatteringFeatures(
      height: 16, width: 16, scales: 4, orientations: 4, maximumOrder: 1, boundary: .circular)
    let wave = Tensor((0..<256).map { Double.cos(2 * .pi * 3 * Double($0 % 16) / 16) }, shape: [1, 16, 16])
    let row = try map.designMatrix(wave).elements
    let strongest = row.indices.dropFirst().max { row[$0] < row[$1] }!
    #expect(map.paths[strongest].name == "S1 j=1 θ=3")
    #expect(abs(row[0]) < 1e-14)
  }

  @Test func scalesAndSignsPassThrough() throws {
    let map = try ScatteringFeatures(height: 12, width: 16, scales: 2, orientations: 4)
    let image: Tensor<Double> = randomTensor([1, 12, 16], seed: 44)
    let (expected, places) = (try map.transform(image), map.outputHeight * map.outputWidth)
    #expect(try map.transform(image.map { 8 * $0 }) == expected.map { 8 * $0 })
    let negative = try map.transform(image.map { -$0 })
    #expect(negative.elements[..<places].elementsEqual(expected.elements[..<places].map { -$0 }))
    #expect(negative.elements[places...].elementsEqual(expected.elements[places...]))
  }

  @Test func energyIsNotCreated() throws {
    let map = try ScatteringFeatures(height: 16, width: 16, scales: 4, orientations: 8, boundary: .circular)
    let (a, b): (Tensor<Double>, Tensor<Double>) = (
      randomTensor([1, 16, 16], seed: 45), randomTensor([1, 16, 16], seed: 46)
    )
    let (left, right) = (try map.designMatrix(a), try map.designMatrix(b))
    #expect(16 * left.norm < 1.04 * a.norm)
    #expect(16 * (left - right).norm < 1.04 * (a - b).norm)
  }

  @Test func anImagesBitsDependOnNothingElse() throws {
    let map = try ScatteringFeatures(height: 16, width: 16)
    let images: Tensor<Float> = randomTensor([150, 16, 16], seed: 47)
    let all = try map.designMatrix(images)
    #expect(try map.designMatrix(images[rows: 37..<61]) == all[rows: 37..<61])
    for threads in 1...3 {
      let found = try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
        try map.designMatrix(images)
      }
      #expect(found == all, "\(threads) threads")
    }
    #expect(try map.transform(images).map { Double($0) }.reshaped(all.shape) == all)
    #expect(try map.transform(Tensor<Float>.zeros([0, 16, 16])).shape == [0, 81, 4, 4])
  }

  @Test func dimensionsNamesAndOperations() throws {
    let map = try ScatteringFeatures(height: 16, width: 16)
    #expect(map.name == "scattering" && map.dimension == 81 * 16 && map.paths.count == 1 + 16 + 64)
    #expect(map.featureNames[0] == "S0 (0,0)" && map.featureNames[16] == "S1 j=0 θ=0 (0,0)")
    #expect(map.featureNames.last == "S2 j=0 θ=7, j=1 θ=7 (3,3)")
    let lone = try ScatteringFeatures(
      height: 4, width: 4, scales: 2, orientations: 1, maximumOrder: 0, boundary: .circular)
    #expect(lone.operations == 20 && lone.name == "scattering:L=1:order=0:boundary=circular")
  }

  /// Extended to 12288×12288, sixteen lanes of ten maps take 97 GB.
  @Test(.enabled(if: AvailableMemory.byteCount ?? .max < 90_000_000_000))
  func whatDoesNotFitIntoMemoryIsRefused() throws {
    let map = try ScatteringFeatures(height: 4096, width: 4096, scales: 12, orientations: 1)
    let error = #expect(throws: InputError.self) { try map.designMatrix(Tensor<Float>.zeros([1, 4096, 4096])) }
    #expect(error?.description.contains("not enough memory") == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    (16, 16, "scattering:J=5", "J = 1…4"), (16, 16, "scattering:J=0", "J = 1…4"),
    (12, 16, "scattering:J=3,boundary=circular", "J = 1…2"), (9, 16, "scattering:boundary=circular", "have no scale"),
    (1, 16, "scattering", "have no scale"), (16, 16, "scattering:L=0", "expected L ≥ 1"),
    (16, 16, "scattering:order=3", "0, 1 or 2"), (16, 16, "scattering:boundary=wrap", "unknown boundary"),
    (16, 16, "scattering:boundary=circlar", "did you mean 'circular'?"),
    (16, 16, "scattering:oder=1", "did you mean 'order'?"),
  ])
  func mistakesAreNamed(height: Int, width: Int, text: String, message: String) {
    let error = #expect(throws: InputError.self) {
      try FeatureCatalog.features(named: text, height: height, width: width, random: RandomStream(seed: 1))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
