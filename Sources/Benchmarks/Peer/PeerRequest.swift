/// A question to the peers; `Peers/peer.py` says what each means.
protocol PeerRequest: Encodable {
  associatedtype Answer: Decodable

  /// The name of the request.
  static var name: String { get }
}

/// Asks for the versions of the libraries.
struct DescribeRequest: PeerRequest {
  static let name = "describe"

  struct Answer: Decodable {
    let threads: Int
    let libraries: [Library]
  }

  /// A library; without a version where it is absent.
  struct Library: Codable, Equatable {
    let name: String
    let version: String?
  }
}

/// Hands over the inputs of a work and asks which candidates there are.
struct PrepareRequest: PeerRequest {
  static let name = "prepare"

  let work: String
  let inputs: String

  struct Answer: Decodable {
    let candidates: [String]
  }
}

/// Asks what a candidate computes, and how long a first run takes.
struct ResultRequest: PeerRequest {
  static let name = "result"

  let candidate: String
  let output: String

  struct Answer: Decodable {
    let seconds: Double
  }
}

/// Asks how long a candidate takes.
struct MeasureRequest: PeerRequest {
  static let name = "measure"

  let candidate: String
  let seconds: Double

  struct Answer: Decodable {
    let seconds: Double
  }
}

/// A request with its name, as it is sent.
struct PeerEnvelope<Request: PeerRequest>: Encodable {
  private enum Key: CodingKey { case request }

  private let request: Request

  init(_ request: Request) { self.request = request }

  func encode(to encoder: any Encoder) throws {
    try request.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Request.name, forKey: .request)
  }
}

/// What comes back.
struct PeerReply<Answer: Decodable>: Decodable {
  let value: Answer?
  let error: String?
}

/// What a peer reports that could not do its work.
struct PeerFailure: Error {
  let message: String
}

extension PeerProcess {
  func describe() throws -> DescribeRequest.Answer { try ask(DescribeRequest()) }
}
