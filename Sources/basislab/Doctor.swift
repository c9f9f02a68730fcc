import ArgumentParser
import Foundation
import Parallel
import Tensors

/// `basislab doctor`: what this machine has and what BasisLab uses of it.
struct Doctor: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show versions, processors and libraries, and check that they work.")

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() throws {
    Console.result("basislab \(ProductVersion.current)")
  }
}
