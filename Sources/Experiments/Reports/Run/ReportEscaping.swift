internal import Mustache

/// How text that is not ours, such as the name of a file or of a class, becomes harmless in a page.
enum ReportEscaping {
  /// Makes the escapings known to the templates, which ask for one by the pragma `CONTENT_TYPE`.
  static func register() {
    MustacheContentTypes.register(Page(), named: "PAGE")
    MustacheContentTypes.register(Markdown(), named: "MARKDOWN")
    MustacheContentTypes.register(LaTeX(), named: "LATEX")
  }

  /// HTML: by Unicode scalars, since a quote that a combining accent follows is one character, and still a quote.
  struct Page: MustacheContentType {
    func escapeText(_ text: String) -> String {
      ReportEscaping.replacing(text) { scalar in
        switch scalar {
        case "<": "&lt;"
        case ">": "&gt;"
        case "&": "&amp;"
        case "\"": "&quot;"
        case "'": "&#39;"
        case "\t", "\n": nil
        case _ where scalar.properties.generalCategory == .control: "\u{FFFD}"
        default: nil
        }
      }
    }
  }

  /// Markdown: every sign that could begin markup or end a cell has a backslash before it; lines are joined.
  struct Markdown: MustacheContentType {
    func escapeText(_ text: String) -> String {
      ReportEscaping.replacing(text) { scalar in
        if "\\`*_[]<>|~&$".unicodeScalars.contains(scalar) { return "\\\(scalar)" }
        return scalar.properties.generalCategory == .control ? " " : nil
      }
    }
  }

  /// LaTeX: the signs of its language as commands, and those of our numbers and formulas that text fonts lack.
  struct LaTeX: MustacheContentType {
    private static let commands: [Unicode.Scalar: String] = [
      "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
      "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}", ">": "\\textgreater{}",
      "−": "$-$", "×": "$\\times$", "–": "--", "…": "\\dots{}", "λ": "$\\lambda$", "≤": "$\\le$", "|": "\\textbar{}",
    ]

    func escapeText(_ text: String) -> String {
      ReportEscaping.replacing(text) { scalar in
        Self.commands[scalar] ?? (scalar.properties.generalCategory == .control ? " " : nil)
      }
    }
  }

  private static func replacing(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let other = replacement(scalar) {
        result.append(contentsOf: other.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
