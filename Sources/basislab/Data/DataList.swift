import ArgumentParser
import Datasets

/// `basislab data list`: the built-in families, their hypotheses and their parameters.
struct DataList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the built-in families of images, with the hypothesis that each tests.",
    discussion: "Real images come as NPZ files; see data/README.md for their form and for sources.")

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() throws {
    let families = SyntheticFamilies.all.map(FamilyDescription.init)
    let formation = ParameterDescription.all(of: ImageFormation())
    if json {
      try Console.resultJSON(Listing(families: families, imageFormation: formation))
      return
    }
    for family in families {
      try Console.result("\(family.name): \(family.summary)")
      try Console.result("  classes: \(family.classes.joined(separator: ", "))")
      try Console.result("  hypothesis: \(family.hypothesis)")
      for parameter in family.parameters { try Console.result("    \(parameter.line)") }
    }
    try Console.result("Image formation, common to all:")
    for parameter in formation { try Console.result("    \(parameter.line)") }
  }

  private struct Listing: Encodable {
    let families: [FamilyDescription]
    let imageFormation: [ParameterDescription]
  }
}

/// A family as it is listed.
private struct FamilyDescription: Encodable {
  let name: String
  let summary: String
  let hypothesis: String
  let classes: [String]
  let parameters: [ParameterDescription]

  init(_ family: any SyntheticFamily) {
    let type = type(of: family)
    name = type.name
    summary = type.summary
    hypothesis = type.hypothesis
    classes = type.classes
    parameters = ParameterDescription.all(of: family)
  }
}

/// A parameter as it is listed.
private struct ParameterDescription: Encodable {
  let name: String
  let value: Double
  let unit: String
  let meaning: String

  static func all(of owner: some Parameterized) -> [ParameterDescription] {
    owner.parameterValues.map { .init(name: $0.name, value: $0.value, unit: $0.unit, meaning: $0.meaning) }
  }

  var line: String { "\(name) = \(value)\(unit == "1" ? "" : " \(unit)"): \(meaning)" }
}
