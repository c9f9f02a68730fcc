internal import CFFTW
public import Tensors

extension LibraryVersion {
  /// FFTW, which makes the Fourier transforms.
  public static var fftw: LibraryVersion {
    LibraryVersion(name: "FFTW", version: String(cString: fftw_version_string()))
  }
}
