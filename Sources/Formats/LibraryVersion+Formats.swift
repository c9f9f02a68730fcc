internal import CPNG
internal import CZlib
public import Tensors

extension LibraryVersion {
  /// libpng, which reads and writes PNG.
  public static var png: LibraryVersion {
    LibraryVersion(name: "libpng", version: String(cString: png_get_libpng_ver(nil)))
  }

  /// zlib, which packs and unpacks NPZ.
  public static var zlib: LibraryVersion { LibraryVersion(name: "zlib", version: String(cString: zlibVersion())) }
}
