internal import CLAPACK
internal import COneDNN

/// The version of a C library that this process runs with.
public struct LibraryVersion: Sendable, Equatable, Codable {
  /// The name of the library.
  public let name: String
  /// What the library says of itself.
  public let version: String

  /// States a version.
  ///
  /// - Parameters:
  ///   - name: The name of the library.
  ///   - version: What the library says of itself.
  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }

  /// oneDNN, which makes the products of `Float` matrices.
  public static var oneDNN: LibraryVersion {
    let version = dnnl_version().pointee
    return LibraryVersion(name: "oneDNN", version: "\(version.major).\(version.minor).\(version.patch)")
  }

  /// OpenBLAS, which makes the products and factorizations of `Double` matrices.
  public static var openBLAS: LibraryVersion {
    LibraryVersion(name: "OpenBLAS", version: String(cString: openblas_get_config()))
  }
}
