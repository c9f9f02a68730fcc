import Numerics
import Spectral
import Tensors

/// The products of spectra and the transforms round them, plane by plane.
///
/// With m the number of coefficients of the whole spectrum that a coefficient stands for, 1 in the columns of pairs and 2
/// elsewhere, the adjoint of irfft2 is m/(H·W)·rfft2, and that of rfft2 is H·W·irfft2 of the coefficients over m.
struct GlobalFilterPlan<S: NetworkScalar>: MappingPlan {
  typealias Prepared = Void
  typealias Record = Void

  let channels: Int
  let transform: PlaneTransform<S>

  /// Aligned memory of one thread.
  struct Scratch {
    let plane: Buffer<S>
    fileprivate let numbers: Buffer<S>
    fileprivate let count: Int

    var spectrum: UnsafeMutablePointer<Complex<S>> { coefficients(0) }
    var gradient: UnsafeMutablePointer<Complex<S>> { coefficients(numbers.count - 2 * count) }

    private func coefficients(_ start: Int) -> UnsafeMutablePointer<Complex<S>> {
      UnsafeMutableRawPointer(numbers.all.baseAddress! + start).assumingMemoryBound(to: Complex<S>.self)
    }
  }

  private var half: Int { transform.width / 2 + 1 }
  private var scale: S { 1 / S(transform.realCount) }

  func makeScratch() -> Scratch {
    let start = (2 * transform.spectrumCount + 15) / 16 * 16
    return Scratch(
      plane: Buffer(repeating: 0, count: transform.realCount),
      numbers: Buffer(repeating: 0, count: start + 2 * transform.spectrumCount), count: transform.spectrumCount)
  }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    let size = transform.realCount
    input.withUnsafeBufferPointer { x in
      withFilters(parameters) { filters in
        output.withUnsafeMutableBufferPointer { y in
          for plane in 0..<count * channels {
            let spectrum = memory.scratch.spectrum
            transformed(x.baseAddress! + plane * size, memory.scratch.plane, into: spectrum)
            multiply(spectrum, by: filters + plane % channels * transform.spectrumCount, scale)
            transformBack(spectrum, memory.scratch.plane, into: y.baseAddress! + plane * size)
          }
        }
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    let size = transform.realCount
    outputGradient.withUnsafeBufferPointer { dy in
      withFilters(parameters) { filters in
        inputGradient.withUnsafeMutableBufferPointer { dx in
          for plane in 0..<count * channels {
            let gradient = memory.scratch.gradient
            transformed(dy.baseAddress! + plane * size, memory.scratch.plane, into: gradient)
            multiply(gradient, byConjugateOf: filters + plane % channels * transform.spectrumCount, scale)
            transformBack(gradient, memory.scratch.plane, into: dx.baseAddress! + plane * size)
          }
        }
      }
    }
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    let size = transform.realCount
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer { target in
          target.withMemoryRebound(to: Complex<S>.self) { target in
            for plane in 0..<count * channels {
              let spectrum = memory.scratch.spectrum
              let gradient = memory.scratch.gradient
              transformed(x.baseAddress! + plane * size, memory.scratch.plane, into: spectrum)
              transformed(dy.baseAddress! + plane * size, memory.scratch.plane, into: gradient)
              addProducts(
                gradient, spectrum, scale,
                to: target.baseAddress! + plane % channels * transform.spectrumCount)
            }
          }
        }
      }
    }
  }

  private func withFilters(_ parameters: Span<S>, _ body: (UnsafePointer<Complex<S>>) -> Void) {
    parameters.withUnsafeBufferPointer { numbers in
      numbers.withMemoryRebound(to: Complex<S>.self) { body($0.baseAddress!) }
    }
  }

  private func transformed(
    _ plane: UnsafePointer<S>, _ aligned: Buffer<S>, into spectrum: UnsafeMutablePointer<Complex<S>>
  ) {
    let copy = aligned.all.baseAddress!
    copy.update(from: plane, count: transform.realCount)
    transform.forward(copy, spectrum)
  }

  private func transformBack(
    _ spectrum: UnsafeMutablePointer<Complex<S>>, _ aligned: Buffer<S>, into plane: UnsafeMutablePointer<S>
  ) {
    takeMeansOfPairs(spectrum)
    transform.backward(spectrum, aligned.all.baseAddress!)
    plane.update(from: aligned.all.baseAddress!, count: transform.realCount)
  }

  /// Makes the columns of pairs those of a real plane.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func takeMeansOfPairs(_ spectrum: UnsafeMutablePointer<Complex<S>>) {
    let height = transform.height
    for column in transform.width % 2 == 0 ? [0, half - 1] : [0] {
      for row in 0...height / 2 {
        let (first, second) = (row * half + column, (height - row) % height * half + column)
        let mean = Complex(
          (spectrum[first].real + spectrum[second].real) / 2,
          (spectrum[first].imaginary - spectrum[second].imaginary) / 2)
        spectrum[first] = mean
        spectrum[second] = mean.conjugate
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func multiply(
    _ spectrum: UnsafeMutablePointer<Complex<S>>, by filter: UnsafePointer<Complex<S>>, _ scale: S
  ) {
    for index in 0..<transform.spectrumCount {
      let (a, b) = (spectrum[index], filter[index])
      spectrum[index] = Complex(
        scale * (a.real * b.real - a.imaginary * b.imaginary), scale * (a.real * b.imaginary + a.imaginary * b.real))
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func multiply(
    _ spectrum: UnsafeMutablePointer<Complex<S>>, byConjugateOf filter: UnsafePointer<Complex<S>>, _ scale: S
  ) {
    for index in 0..<transform.spectrumCount {
      let (a, b) = (spectrum[index], filter[index])
      spectrum[index] = Complex(
        scale * (a.real * b.real + a.imaginary * b.imaginary), scale * (a.imaginary * b.real - a.real * b.imaginary))
    }
  }

  /// Adds m·gradient·conj(spectrum)/(H·W).
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func addProducts(
    _ gradient: UnsafePointer<Complex<S>>, _ spectrum: UnsafePointer<Complex<S>>, _ scale: S,
    to target: UnsafeMutablePointer<Complex<S>>
  ) {
    for index in 0..<transform.spectrumCount {
      let column = index % half
      let isPaired = column == 0 || (transform.width % 2 == 0 && column == half - 1)
      let factor = isPaired ? scale : 2 * scale
      let (a, b) = (gradient[index], spectrum[index])
      target[index] = Complex(
        target[index].real + factor * (a.real * b.real + a.imaginary * b.imaginary),
        target[index].imaginary + factor * (a.imaginary * b.real - a.real * b.imaginary))
    }
  }
}
