import Formats
import Testing

@Suite struct JSONTextTests {
  private struct Measurement: Encodable {
    let values: [Double]
    let path: String
  }

  @Test func numbersThatAreNotFiniteAreStrings() throws {
    let text = try JSONText.encode(Measurement(values: [.nan, .infinity, -.infinity, 0.5], path: "a/b"))
    #expect(
      text == """
        {
          "path" : "a/b",
          "values" : [
            "NaN",
            "Infinity",
            "-Infinity",
            0.5
          ]
        }
        """)
  }
}
