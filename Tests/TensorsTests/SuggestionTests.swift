import Tensors
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("fourrier", "fourier"), ("Haar", "haar"), ("polinomial", "polynomial"), ("hara", "haar"), ("zzz", nil),
  ])
  func nearWordsAreFound(typed: String, meant: String?) {
    #expect(Suggestion.closest(to: typed, among: ["fourier", "haar", "polynomial"]) == meant)
  }

  @Test func anotherLetterIsNotNear() {
    #expect(Suggestion.closest(to: "Q", among: ["J", "L"]) == nil)
    #expect(Suggestion.closest(to: "l", among: ["J", "L"]) == "L")
  }

  @Test func theErrorNamesWhatIsAccepted() {
    let error = Suggestion.unknown("harr", kind: "basis", accepted: ["fourier", "haar"])
    #expect(error.description == "unknown basis 'harr'; did you mean 'haar'?\nAccepted: fourier, haar.")
  }
}
