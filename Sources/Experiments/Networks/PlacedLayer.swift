import NeuralNetworks
import Tensors

/// A layer of a network file, made when the shape that it receives is known.
///
/// Its errors begin with the place in the file.
struct PlacedLayer: NetworkElement {
  let place: YAMLValue
  let make: @Sendable ([Int]) throws -> any NetworkElement

  func append(to graph: inout NetworkGraph, at key: String) throws {
    do {
      try make(graph.shape(of: graph.current)).append(to: &graph, at: key)
    } catch let error as InputError {
      throw place.placing(error)
    }
  }
}

/// An arrangement of a network file, whose errors begin with the place in the file.
struct PlacedElement: NetworkElement {
  let place: YAMLValue
  let base: any NetworkElement

  func append(to graph: inout NetworkGraph, at key: String) throws {
    do { try base.append(to: &graph, at: key) } catch let error as InputError { throw place.placing(error) }
  }
}
