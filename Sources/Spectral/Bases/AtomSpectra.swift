internal import Numerics
public import Tensors

/// The Fourier transforms of atoms, to be looked at.
public enum AtomSpectra {
  /// The moduli |φ̂ⱼ| of the transforms that ``fft2(_:)`` gives, zero frequency at (⌊H/2⌋, ⌊W/2⌋) as `numpy.fft.fftshift` has
  /// it.
  ///
  /// - Parameter atoms: `[M, H, W]`.
  /// - Returns: `[M, H, W]`.
  public static func moduli(of atoms: Tensor<Double>) -> Tensor<Double> {
    let spectra = fft2(atoms.map { Complex($0, 0) })
    let (height, width) = (atoms.shape[1], atoms.shape[2])
    return Tensor(shape: atoms.shape) { target in
      for place in target.indices {
        let (atom, y, x) = (place / (height * width), place / width % height, place % width)
        target[place] = spectra[atom, (y + height - height / 2) % height, (x + width - width / 2) % width].length
      }
    }
  }
}
