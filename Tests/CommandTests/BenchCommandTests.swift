import Foundation
import TestSupport
import Testing

@Suite struct BenchCommandTests {
  @Test(arguments: [
    (["train", "--network", "mlp", "--batch", "64"], "train-mlp-64", 4096),
    (["predict", "--network", "small"], "predict-small-128", 4096),
    (["convolve", "--size", "64", "--kernel", "5"], "convolve-64-5", 1),
    (["fit", "--rows", "200", "--columns", "8", "--classes", "3"], "fit-200-8", 1),
    (["transform", "--basis", "haar", "--count", "50"], "transform-haar-50-16", 50),
  ])
  func measurementsAreOneDocument(arguments: [String], work: String, items: Int) throws {
    let run = try Command.run(["bench"] + arguments + ["--seconds", "0", "--threads", "1", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let document = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(document["work"] as? String == work && document["items"] as? Int == items)
    #expect(document["threads"] as? Int == 1)
    let (rate, seconds) = (document["items_per_second"] as? Double, document["median_seconds"] as? Double)
    #expect(try abs(#require(rate) * #require(seconds) / Double(items) - 1) < 1e-9)
    #expect(try #require(document["peak_bytes"] as? Int) > 1 << 20)
  }

  @Test(arguments: [
    (["train", "--network", "smal"], "smal"), (["train", "--batch", "1"], "--batch: expected 2"),
    (["transform", "--basis", "gabor"], "expected an orthonormal basis"), (["convolve", "--size", "0"], "--size"),
    (["fit", "--classes", "1"], "--classes"), (["predict", "--seconds", "-1"], "--seconds"),
  ])
  func mistakesAreNamed(arguments: [String], part: String) throws {
    let run = try Command.run(["bench"] + arguments)
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains(part), "\(run.errors)")
  }
}
