package import Numerics
package import Tensors

// What the identities do in the space of frequencies.
extension Tensor where Element: SpectralScalar {
  /// F(x), all coefficients.
  var spectrum: Tensor<Complex<Element>> { fft2(complex) }

  /// The same numbers as complex ones.
  var complex: Tensor<Complex<Element>> {
    @specialized(where Element == Float) @specialized(where Element == Double) get { map { Complex($0) } }
  }

  /// exp(2πi·(f·r/H + g·c/W)) at row r and column c, the wave of frequency (f, g).
  ///
  /// The angle is reduced in integers, so that it stays below 2π.
  @specialized(where Element == Float) @specialized(where Element == Double) package static func wave(
    _ frequency: (y: Int, x: Int), _ shape: [Int]
  ) -> Tensor<Complex<Element>> {
    let (height, width) = (shape[0], shape[1])
    return Tensor<Complex<Element>>(shape: shape) { target in
      for index in target.indices {
        let (row, column) = (index / width, index % width)
        let turns = (frequency.y * row % height * width + frequency.x * column % width * height) % target.count
        let angle = 2 * Double.pi * Double(turns) / Double(target.count)
        target[index] = Complex(Element(Double.cos(angle)), Element(Double.sin(angle)))
      }
    }
  }
}

/// The element-wise product of complex tensors of one shape.
@specialized(where S == Float) @specialized(where S == Double) func * <S: SpectralScalar>(
  left: Tensor<Complex<S>>, right: Tensor<Complex<S>>
) -> Tensor<Complex<S>> {
  precondition(left.shape == right.shape, "expected shape \(left.shape), got \(right.shape)")
  return Tensor(shape: left.shape) { target in
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        for index in target.indices { target[index] = left[index] * right[index] }
      }
    }
  }
}

/// Y[k] = 1/(s·t)·Σⱼ X[k + j·N], the s·t parts of a spectrum laid over one another: aliasing.
@specialized(where S == Float) @specialized(where S == Double) package func folded<S: SpectralScalar>(
  _ spectrum: Tensor<Complex<S>>, by factors: (y: Int, x: Int)
) -> Tensor<Complex<S>> {
  let (height, width) = (spectrum.shape[0] / factors.y, spectrum.shape[1] / factors.x)
  let share = 1 / S(factors.y * factors.x)
  var result = Tensor<Complex<S>>(repeating: .zero, shape: [height, width])
  result.withUnsafeMutableBufferPointer { target in
    spectrum.withUnsafeBufferPointer { source in
      for index in source.indices {
        let (row, column) = (index / spectrum.shape[1], index % spectrum.shape[1])
        target[row % height * width + column % width] += source[index].multiplied(by: share)
      }
    }
  }
  return result
}

/// The conjugates of complex numbers.
@specialized(where S == Float) @specialized(where S == Double) func conjugate<S: SpectralScalar>(
  _ values: Tensor<Complex<S>>
) -> Tensor<Complex<S>> { values.map(\.conjugate) }

/// Complex numbers times a real one.
@specialized(where S == Float) @specialized(where S == Double) func scaled<S: SpectralScalar>(
  _ values: Tensor<Complex<S>>, by factor: S
) -> Tensor<Complex<S>> { values.map { $0.multiplied(by: factor) } }

/// The real parts of complex numbers.
@specialized(where S == Float) @specialized(where S == Double) func realParts<S: SpectralScalar>(
  _ values: Tensor<Complex<S>>
) -> Tensor<S> { values.map(\.real) }

/// The imaginary parts of complex numbers.
@specialized(where S == Float) @specialized(where S == Double) func imaginaryParts<S: SpectralScalar>(
  _ values: Tensor<Complex<S>>
) -> Tensor<S> { values.map(\.imaginary) }

/// Real and imaginary part of each number, along a new last axis.
@specialized(where S == Float) @specialized(where S == Double) func parts<S: SpectralScalar>(
  _ values: Tensor<Complex<S>>
) -> Tensor<S> {
  Tensor(shape: values.shape + [2]) { target in
    values.withUnsafeBufferPointer { values in
      for index in values.indices {
        (target[2 * index], target[2 * index + 1]) = (values[index].real, values[index].imaginary)
      }
    }
  }
}

/// The complex numbers of given real and imaginary parts.
@specialized(where S == Float) @specialized(where S == Double) func complex<S: SpectralScalar>(
  _ real: Tensor<S>, _ imaginary: Tensor<S>
) -> Tensor<Complex<S>> {
  precondition(real.shape == imaginary.shape, "expected shape \(real.shape), got \(imaginary.shape)")
  return Tensor(shape: real.shape) { target in
    real.withUnsafeBufferPointer { real in
      imaginary.withUnsafeBufferPointer { imaginary in
        for index in target.indices { target[index] = Complex(real[index], imaginary[index]) }
      }
    }
  }
}

/// The elements of several tensors in one vector.
func stacked<S: SpectralScalar>(_ tensors: [Tensor<S>]) -> Tensor<S> { Tensor(tensors.flatMap(\.elements)) }
