import Synchronization

/// Makes a chart part of a page: what gnuplot writes as a document of its own becomes an element beside others.
///
/// Lines and words take the colour that the page writes in, and what is left empty that of its paper (`--paper` where the page
/// defines it), so that they are seen on light and dark; names get
/// a number of the chart, since all charts of a page share one set of names.
enum PageSVG {
  private static let serialNumber = Atomic<Int>(0)

  /// The element `<svg>` of a document of gnuplot's.
  static func adapted(_ document: String) -> String {
    let serial = serialNumber.add(1, ordering: .relaxed).newValue
    let start = document.firstRange(of: "<svg").map { document[$0.lowerBound...] } ?? document[...]
    return colors.reduce(withoutFrills(String(start))) { $0.replacing($1.found, with: $1.replacement) }
      .replacing(/\sid=(['"])/) { " id=\($0.output.1)chart\(serial)_" }
      .replacing("href='#", with: "href='#chart\(serial)_").replacing("url(#", with: "url(#chart\(serial)_")
  }

  /// What `ChartSheet.look` sets, as gnuplot writes it.
  private static let colors: [(found: String, replacement: String)] = [
    (" color=\"black\"", ""), ("stroke=\"black\"", "stroke=\"currentColor\""),
    ("fill=\"rgb(48,48,48)\"", "fill=\"currentColor\""), ("fill=\"black\"", "fill=\"currentColor\""),
    ("stroke='rgb( 96,  96,  96)'", "stroke=\"currentColor\" stroke-opacity=\"0.6\""),
    ("stroke='rgb(228, 228, 228)'", "stroke=\"currentColor\" stroke-opacity=\"0.15\""),
    ("font-family=\"Helvetica\"", "font-family=\"inherit\""),
    (" color='white'", " style='color: var(--paper, Canvas)'"),
  ]

  /// Without the names that gnuplot gives its parts, which a pointer over the chart would show.
  private static func withoutFrills(_ text: String) -> String {
    text.replacing(/<title>[^<]*<\/title>|<desc>[^<]*<\/desc>/, with: "")
  }
}
