public import Foundation
internal import Mustache
import Tensors

/// The report of a run: everything that a reader needs to believe it, in one file.
///
/// The content is made once, as plain text and numbers; a template gives it the form of a page, of Markdown or of LaTeX.
/// Templates escape all that they insert but the charts and pictures, which are made here.
public struct RunReport: Sendable {
  let content: ReportContent

  /// Collects the content of a report.
  ///
  /// - Parameters:
  ///   - run: A run with at least one finished table.
  ///   - runs: The folder of runs, in which the run has its folder.
  /// - Throws: `InputError` where no table is finished, or the folder of the run lacks its predictions.
  public init(_ run: Run, in runs: URL) throws {
    guard run.parts.contains(where: { $0.table != nil }) else {
      throw InputError(
        "run '\(run.name)'", "no table is finished yet, so there is nothing to report",
        remedy: "Go on with it: basislab compare --resume \(run.name)")
    }
    content = try ReportContent(run, folder: runs.appendingPathComponent(run.name))
  }

  /// The report as text.
  ///
  /// - Parameter format: What it is written as.
  /// - Returns: The content of the file.
  /// - Throws: `InputError` where charts are needed and gnuplot is missing or fails.
  public func text(_ format: ReportFormat) throws -> String {
    switch format {
    case .html: try ReportTemplate.page.render(content.withCharts())
    case .markdown: ReportTemplate.markdown.render(content)
    case .latex: ReportTemplate.latex.render(content)
    }
  }
}

/// The templates of reports, as they were built in.
enum ReportTemplate {
  static let page = make("page", parts: ["style": PackageResources.page_css], PackageResources.page_mustache)
  static let markdown = make("markdown", PackageResources.report_markdown_mustache)
  static let latex = make("latex", PackageResources.tables_latex_mustache)

  private static func make(_ name: String, parts: [String: [UInt8]] = [:], _ bytes: [UInt8]) -> Renderer {
    ReportEscaping.register()
    var library = MustacheLibrary()
    do {
      for (part, bytes) in parts { try library.register(String(decoding: bytes, as: UTF8.self), named: part) }
      try library.register(String(decoding: bytes, as: UTF8.self), named: name)
    } catch { preconditionFailure("expected a template that can be read, got \(error)") }
    return Renderer(library: library, name: name)
  }

  struct Renderer: Sendable {
    fileprivate let library: MustacheLibrary
    fileprivate let name: String

    func render(_ content: ReportContent) -> String { library.render(content, withTemplate: name)! }
  }
}
