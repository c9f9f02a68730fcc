/// Where images come from, and on what terms they may be used.
public struct Provenance: Codable, Equatable, Sendable {
  /// Who made them, and where they are found; `nil` where nobody said.
  public let source: String?
  /// The licence; `nil` where nobody said.
  public let licence: String?

  /// States where images come from.
  ///
  /// - Parameters:
  ///   - source: Who made them, and where they are found.
  ///   - licence: The licence.
  public init(source: String? = nil, licence: String? = nil) {
    self.source = source
    self.licence = licence
  }

  /// What is known of public data sets, by ``Dataset/checksum``: their files do not say it themselves.
  ///
  /// - Parameter checksum: The fingerprint of a data set, groups included.
  /// - Returns: Source and licence; `nil` for images that are not known.
  public static func known(checksum: String) -> Provenance? { wellKnown[checksum] }

  private static let wellKnown: [String: Provenance] = [
    "a2b0a1873de3151d": Provenance(
      source: "USPS zip-code digits, AT&T, by way of The Elements of Statistical Learning "
        + "(https://hastie.su.domains/ElemStatLearn/)",
      licence: "for research and teaching; no stated right to redistribute"),
    "49f5027fb4d883e5": Provenance(
      source: "NEU surface defect database (K. Song, Y. Yan, Applied Surface Science 285, 2013)",
      licence: "research use with citation"),
    "103247256ee19e41": Provenance(
      source: "EMPS, electron micrographs of particles (B. Yildirim, J. M. Cole, Journal of Chemical Information and "
        + "Modeling 61, 2021)",
      licence: "MIT; the micrographs are figures of journals"),
    "76baaf9296d30a05": Provenance(source: "example images of scikit-image: brick, grass, gravel", licence: "CC0"),
  ]
}

extension Dataset {
  /// What the images say of their source and licence, completed by what is known of public data sets.
  ///
  /// - Parameter checksum: The ``checksum``, which takes a while to compute.
  /// - Returns: Source and licence.
  public func provenance(checksum: String) -> Provenance {
    let known = Provenance.known(checksum: checksum)
    return Provenance(source: provenance.source ?? known?.source, licence: provenance.licence ?? known?.licence)
  }
}
