import Experiments
import Formats
import Foundation
import NeuralNetworks
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct NetworkFileTests {
  private func network(_ text: String, shape: [Int] = [2, 12, 12], classes: Int = 5) throws -> Network {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("net.yaml")
      try Data(text.utf8).write(to: url)
      return try NetworkFile(url).network(inputShape: shape, classCount: classes, from: RandomStream(seed: 1))
    }
  }

  @Test func everyArrangementIsThatOfTheSwiftDescription() throws {
    let read = try network(
      """
      - Conv2D: {outputChannels: 4, kernelSize: [3, 5], padding: [1, 1, 2, 2]}
        labelled: early
      - Residual:
          layers: [ReLU, {Conv2D: {outputChannels: 6, kernelSize: 1}}]
          shortcut: {Conv2D: {outputChannels: 6, kernelSize: 1, bias: none}}
      - Branches:
          join: concatenation
          branches:
            - Identity
            - [Tanh, BatchNorm2D]
      - Merge: {join: concatenation, with: early}
      - MaxPool2D: {kernelSize: 3, stride: 2, padding: 1}
      - Sequential: [Flatten, Dropout]
      - Dense: classes
        frozen: true
      """)
    let written = try Network(inputShape: [2, 12, 12]) {
      Conv2D(
        inputChannels: 2, outputChannels: 4, kernelSize: Extent2D(height: 3, width: 5),
        padding: .sides(Padding(top: 1, bottom: 1, left: 2, right: 2))
      ).labelled("early")
      Residual(shortcut: Conv2D(inputChannels: 4, outputChannels: 6, kernelSize: 1, bias: .none)) {
        ReLU()
        Conv2D(inputChannels: 4, outputChannels: 6, kernelSize: 1)
      }
      Branches(.concatenation) {
        Identity()
        Sequential {
          Tanh()
          BatchNorm2D(channels: 6)
        }
      }
      Merge(.concatenation, with: "early")
      MaxPool2D(kernelSize: 3, stride: 2, padding: 1)
      Sequential {
        Flatten()
        Dropout()
      }
      Dense(inputCount: 16 * 36, outputCount: 5).frozen()
    }
    #expect(read.parameters == written.parameters)
    #expect(read.nodes.map(\.key) == written.nodes.map(\.key))
    #expect(read.nodes.map(\.name) == written.nodes.map(\.name))
    #expect(read.nodes.map(\.inputs) == written.nodes.map(\.inputs))
    #expect(read.nodes.map(\.outputShape) == written.nodes.map(\.outputShape))
    #expect(read.nodes.map(\.isFrozen) == written.nodes.map(\.isFrozen))
  }

  @Test func filtersSeeThePlanesOfTheirTable() throws {
    let text =
      "- Conv2D: {outputChannels: 3, kernelSize: 3, connections: [[0], [1, 0], 1], paddingValue: -1, padding: 1}"
    let read = try network(text)
    let table = ConnectionTable([[0], [0, 1], [1]])
    let written = try Network(inputShape: [2, 12, 12]) {
      Conv2D(
        inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1, connections: table, paddingValue: -1)
    }
    #expect(read.parameters == written.parameters && read.parameters[0].shape == [4, 3, 3])
    let weights = Weights<Double>(initializing: read, from: RandomStream(seed: 3))
    let images: Tensor<Double> = randomTensor([2, 2, 12, 12], seed: 4)
    let outputs = try Predictor(read, weights: weights).outputs(images)
    #expect(try outputs == Predictor(written, weights: weights).outputs(images))
  }

  @Test func aPresetCanHaveFixedFilters() throws {
    let read = try network("{network: small, frozen: ['0', '3']}", shape: [1, 16, 16])
    #expect(read.parameterCount == 16 * 16 * 5 + 5)
  }

  @Test func filtersStartFromAtomsAndFromOtherWeights() throws {
    try Places.withTemporaryFolder { folder in
      let values = randomTensor([3, 4 * 144], seed: 3, as: Float.self)
      try Safetensors.write(
        [("7.weight", NumPyArray(values))], to: folder.appendingPathComponent("other.safetensors"))
      let url = folder.appendingPathComponent("net.yaml")
      let text = """
        layers:
          - Conv2D: {outputChannels: 4, kernelSize: 4, padding: same}
            startingFrom: {basis: haar}
          - Flatten
          - Dense: 3
            startingFrom: {weights: other.safetensors, layer: '7'}
        """
      try Data(text.utf8).write(to: url)
      let network = try NetworkFile(url).network(inputShape: [2, 12, 12], classCount: 3, from: RandomStream(seed: 1))
      let weights = Weights<Float>(initializing: network, from: RandomStream(seed: 2))
      let filters = try #require(weights["0.weight"])
      let atoms = try BasisCatalog.basis(named: "haar", height: 4, width: 4, random: RandomStream(seed: 1)).atoms(
        count: 4)
      for index in 0..<4 * 2 * 16 {
        #expect(filters.elements[index] == Float(atoms.elements[index / 32 * 16 + index % 16] / 2))
      }
      #expect(weights["2.weight"] == values)
    }
  }

  @Test(arguments: [
    ("- Conv3D: 8", "net.yaml:1:3: unknown layer 'Conv3D'; did you mean 'Conv2D'?"),
    (
      "- Flatten\n- Dense: {outputCont: 3}",
      "net.yaml:2:11: unknown setting of Dense 'outputCont'; did you mean 'outputCount'?"
    ),
    ("- Flatten\n- Dense", "net.yaml:2:3: Dense needs 'outputCount'"),
    ("- Conv2D: {outputChannels: 0, kernelSize: 3}", "net.yaml:1:28: expected a whole number from 1"),
    (
      "- Conv2D: {outputChannels: 4, kernelSize: 40}",
      "net.yaml:1:3: layer 0 (Conv2D): expected images of at least 40×40"
    ),
    ("- Flatten\n- Dense: {inputCount: 7, outputCount: 3}", "net.yaml:2:3: layer 1 (Dense): expected a vector of 7"),
    ("- ReLU: 3", "net.yaml:1:9: ReLU takes no value, found '3'"),
    ("- ReLU: {a: 3}", "unknown setting of ReLU 'a'"), ("- Dropout: 1.5", "net.yaml:1:12: expected a number from 0"),
    ("- ReLU:\n  frosen: true", "net.yaml:2:3: unknown word beside a layer 'frosen'; did you mean 'frozen'?"),
    ("- {ReLU: , Tanh: }", "expected one layer in each entry of the list, found 2"),
    ("- Merge: {join: sum, with: early}", "net.yaml:1:3: unknown label 'early'"),
    ("- Branches: {join: add, branches: [ReLU]}", "net.yaml:1:20: unknown join 'add'"),
    ("- Conv2D: {outputChannels: 4, kernelSize: 3}\n  startingFrom: {basis: har}", "did you mean 'haar'?"),
    ("- Conv2D: {outputChannels: 99, kernelSize: 3}\n  startingFrom: {basis: pixels}", "net.yaml:2:25: "),
    ("- Conv2D: {outputChannels: 2, kernelSize: 3, connections: [[0], [2]]}", "net.yaml:1:66: expected a whole number"),
    ("- Conv2D: {outputChannels: 3, kernelSize: 3, connections: [[0], [1]]}", "for each of 3 filters"),
    ("- Conv2D: {outputChannels: 1, kernelSize: 3, connections: [[1, 1]]}", "none twice"),
    ("- Conv2D: {outputChannels: 2, kernelSize: 3, groups: 2, connections: [0, 1]}", "or groups, found both"),
    (
      "- Conv2D: {outputChannels: 2, kernelSize: 3, boundary: reflect, paddingValue: 1}",
      "expected 'paddingValue' or boundary 'reflect', found both"
    ),
    ("- ReLU:\n  startingFrom: he", "no weights to start from"), ("layers: []", "at least one layer"),
    ("lairs: []", "did you mean 'layers'?"), ("network: smal", "did you mean 'small'?"),
    ("{network: small, frozen: ['1']}", "unknown layer with parameters '1'"), ("", "empty"), ("a: [", "not valid YAML"),
    ("- MaxPool2D: {kernelSize: 2, padding: 3}", "net.yaml:1:3: "), ("- BatchNorm1D: 4", "layer 0 (BatchNorm1D)"),
  ])
  func mistakesHaveLineAndColumn(text: String, part: String) throws {
    #expect {
      _ = try network(text)
    } throws: { error in
      let message = "\(error)"
      if !message.contains(part) { Issue.record("\(message)") }
      return error is InputError && message.contains(part)
    }
  }
}
