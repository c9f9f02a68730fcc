import Foundation
import TestSupport
import Testing

/// The page as a browser shows it.
@Suite struct ReportPageTests {
  private struct Look: Decodable {
    let width: Double
    let visibleWidth: Double
    let scripts: Int
    let resources: Int
    let words: String
    let chartInk: String
  }

  @Test(.enabled(if: Chromium.program != nil, "needs chromium"), arguments: [1280, 390])
  func aBrowserShowsThePage(width: Int) throws {
    try Places.withTemporaryFolder { folder in
      let hostile = ["<img src=x onerror=alert(1)>", "\"\u{301} onerror=alert(2) x=\"", "a-long-name-of-a-class", "d"]
      let page = try RunReportTests.report(in: folder, classes: hostile, name: "x").text(.html)
      for isDark in [false, true] {
        let (look, log) = try Chromium.look(at: page, width: width, isDark: isDark, as: Look.self)
        #expect(look.visibleWidth == Double(width) && look.width <= look.visibleWidth)
        #expect(look.scripts == 0 && look.resources == 0)
        #expect(!log.contains("CONSOLE"), "\(log)")
        for name in hostile { #expect(look.words.contains(name), "\(name)") }
        #expect(look.chartInk == (isDark ? "rgb(227, 230, 234)" : "rgb(29, 33, 39)"))
      }
    }
  }
}

/// The browser, run without a window.
private enum Chromium {
  /// The program; `nil` where none is installed.
  static var program: URL? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.flatMap { folder in ["chromium", "chromium-browser", "google-chrome"].map { "\(folder)/\($0)" } }
      .first(where: FileManager.default.isExecutableFile).map { URL(fileURLWithPath: $0) }
  }

  /// Shows a page in a frame of some width and reports what it sees; the frame's page is measured from outside, since
  /// its own policy lets no script run.
  static func look<Value: Decodable>(
    at page: String, width: Int, isDark: Bool, as type: Value.Type
  ) throws -> (Value, log: String) {
    try Places.withTemporaryFolder { folder in
      let wrapper = folder.appendingPathComponent("wrapper.html")
      let text = String(decoding: try JSONEncoder().encode(page), as: UTF8.self).replacing("</", with: "<\\/")
      try """
      <!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
      <iframe id="f" style="width:\(width)px;height:900px;border:0"></iframe><pre id="result"></pre><script>
      const f = document.getElementById("f");
      f.onload = () => {
        const d = f.contentDocument, e = d.documentElement;
        const all = [...d.querySelectorAll("*")];
        const bad = all.filter(n => n.tagName === "SCRIPT" || [...n.attributes].some(a => a.name.startsWith("on")));
        const entries = f.contentWindow.performance.getEntriesByType("resource");
        document.getElementById("result").textContent = "RESULT" + btoa(unescape(encodeURIComponent(JSON.stringify({
          width: e.scrollWidth, visibleWidth: e.clientWidth, scripts: bad.length,
          resources: entries.filter(r => !r.name.startsWith("data:")).length, words: d.body.textContent,
          chartInk: f.contentWindow.getComputedStyle(d.querySelector("svg text")).fill })))) + "END";
      };
      f.srcdoc = \(text);
      </script>
      """.write(to: wrapper, atomically: true, encoding: .utf8)
      let (output, log) = try run(wrapper, isDark: isDark, in: folder)
      let match = try #require(output.firstMatch(of: /RESULT([A-Za-z0-9+\/=]+)END/), "\(log)")
      let data = try #require(Data(base64Encoded: String(match.output.1)))
      return (try JSONDecoder().decode(Value.self, from: data), log)
    }
  }

  private static func run(_ page: URL, isDark: Bool, in folder: URL) throws -> (output: String, log: String) {
    let (output, errors) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
    for url in [output, errors] { try Data().write(to: url) }
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "--headless=new", "--hide-scrollbars", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--window-size=1600,1200",
      "--user-data-dir=\(folder.path)/profile", "--virtual-time-budget=10000", "--enable-logging=stderr",
      "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom",
      page.absoluteString,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (try String(contentsOf: output, encoding: .utf8), try String(contentsOf: errors, encoding: .utf8))
  }
}
