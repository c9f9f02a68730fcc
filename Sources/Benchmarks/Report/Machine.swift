import Foundation
import Parallel
import Spectral
import Tensors

/// What the measurements were made on and with.
struct Machine: Codable, Equatable {
  let processor: String
  let processorCount: Int
  let system: String
  let threads: Int
  let ours: [LibraryVersion]
  let peers: [DescribeRequest.Library]

  init(threadCount: Int, peer: DescribeRequest.Answer) {
    processor = Processor.name
    processorCount = ProcessInfo.processInfo.processorCount
    system = ProcessInfo.processInfo.operatingSystemVersionString
    threads = threadCount
    ours = [.fftw, .oneDNN, .openBLAS]
    peers = peer.libraries
  }

  /// One line for people.
  var summary: String {
    let present = peers.compactMap { library in library.version.map { "\(library.name) \($0)" } }
    let own = ours.map { "\($0.name) \(Self.number(in: $0.version))" }
    return
      "\(processor) (\(processorCount) cores), \(system), \(threads) threads on both sides; ours: \(own.joined(separator: ", ")); "
      + "peers: \(present.joined(separator: ", "))"
  }

  /// The version alone, of what a library says of itself.
  private static func number(in version: String) -> Substring {
    version.split { $0 == " " || $0 == "-" }.first { $0.first?.isNumber ?? false } ?? Substring(version)
  }

  /// The peers that are not installed.
  var absent: [String] { peers.filter { $0.version == nil }.map(\.name) }
}
