import Tensors

/// What a report is written as.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// One page that any browser opens, with everything in it.
  case html
  /// Text and tables in Markdown.
  case markdown
  /// Tables in LaTeX, for a paper that uses the package booktabs.
  case latex

  /// The format that the name of a file asks for.
  ///
  /// - Parameter fileName: A name that ends in .html, .htm, .md, .markdown or .tex.
  /// - Throws: `InputError` where it ends differently.
  public init(endingOf fileName: String) throws {
    switch fileName.lowercased().split(separator: ".").last {
    case "html", "htm": self = .html
    case "md", "markdown": self = .markdown
    case "tex": self = .latex
    default:
      throw InputError(
        fileName, "expected a name that ends in .html, .md or .tex", remedy: "Or say what it is with --format.")
    }
  }
}
