import Foundation

/// What a report says, as the templates use it: their names are the names of these properties.
struct ReportContent: Sendable {
  /// A name with what it stands for.
  struct Field: Sendable {
    let name: String
    let value: String
  }

  /// The description of a network.
  struct Listing: Sendable {
    let name: String
    let lines: [String]

    init(_ network: NetworkDescription) {
      name = network.name
      lines = network.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }
  }

  /// A line of the overview.
  struct Overview: Sendable {
    let anchor: String
    let name: String
    let measure: String
    let bestFixed: String
    let fixedScore: String
    let bestLearned: String
    let learnedScore: String
    let difference: String
    let verdict: String
    let verdictClass: String
  }

  /// A work that is cited.
  struct Citation: Sendable {
    let number: Int
    let text: String
    let link: String
  }

  let title: String
  let run: String
  let isUnfinished: Bool
  let started: String
  let version: String
  let answers: [String]
  let overview: [Overview]
  let hasOverview: Bool
  var curves: [Curve]
  var tables: [ReportTable]
  let methods: [Field]
  let networks: [Listing]
  let environment: [Field]
  let command: String
  let configuration: String
  let citations: [Citation]

  /// A chart over several tables.
  struct Curve: Sendable {
    let title: String
    let caption: String
    var picture: String
    let make: @Sendable () throws -> String

    /// The same with its picture.
    func drawn() throws -> Curve {
      var curve = self
      curve.picture = try make()
      return curve
    }
  }

  init(_ run: Run, folder: URL) throws {
    let parts = run.parts.filter { $0.table != nil }
    self.run = run.name
    isUnfinished = parts.count < run.parts.count
    title = "How far does a fixed basis go?"
    started = ReportText.day(run.started)
    version = run.version
    let described = run.configuration.networks ?? []
    networks = described.map(Listing.init)
    tables = try parts.enumerated().map { try ReportTable($1, number: $0 + 1, networks: described, folder: folder) }
    overview = zip(parts, tables).compactMap { Overview($0.0, anchor: $0.1.anchor) }
    hasOverview = overview.count > 1
    answers = parts.compactMap { $0.table.flatMap { ReportText.answer($0) } }
    curves = LearningCurves.all(parts)
    methods = MethodsText.paragraphs(run, parts)
    environment = [
      Field(name: "BasisLab", value: run.version), Field(name: "begun", value: run.started),
      Field(name: "finished", value: run.finished ?? "not yet"),
      Field(name: "processor", value: run.environment.processor),
      Field(name: "threads", value: "\(run.environment.threads)"), Field(name: "system", value: run.environment.system),
      Field(name: "seed", value: "\(run.configuration.seed)"),
    ]
    command = RepeatCommand.line(run.configuration)
    configuration = try RunFolder.configurationText(run.configuration)
    citations = ReportCitations.all(run, parts).enumerated().map {
      Citation(number: $0 + 1, text: $1.text, link: $1.link)
    }
  }

  /// The same with its charts drawn.
  func withCharts() throws -> ReportContent {
    var content = self
    content.tables = try tables.map { try $0.withCharts() }
    content.curves = try curves.map { try $0.drawn() }
    return content
  }
}

extension ReportContent.Overview {
  init?(_ part: Run.Part, anchor: String) {
    guard let table = part.table, let difference = table.difference,
      let fixed = table.models.first(where: { $0.model == table.bestFixed }),
      let learned = table.models.first(where: { $0.model == table.bestLearned })
    else { return nil }
    let verdict = ReportText.verdict(difference)
    self.init(
      anchor: anchor, name: part.label, measure: table.family.heading, bestFixed: fixed.model,
      fixedScore: fixed.family.text(fixed.score.mean), bestLearned: learned.model,
      learnedScore: learned.family.text(learned.score.mean),
      difference: ComparisonTable.interval(difference.difference, table.family), verdict: verdict.text,
      verdictClass: verdict.name)
  }
}
