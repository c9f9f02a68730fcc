import Formats
import Testing

@Suite struct CSVTableTests {
  @Test func fieldsAreQuotedWhereNeeded() {
    var table = CSVTable(columns: ["model", "accuracy, mean"])
    table.append(["fourier:32", "0.913"])
    table.append(["say \"haar\"", "two\nlines"])
    table.append(["", "cr\r\n"])
    let expected = """
      model,"accuracy, mean"
      fourier:32,0.913
      "say ""haar""\","two
      lines"
      ,"cr\r
      "

      """
    #expect(table.text == expected)
  }

  @Test func anEmptyFieldAloneIsNotAnEmptyLine() {
    var table = CSVTable(columns: ["note"])
    table.append([""])
    #expect(table.text == "note\n\"\"\n")
  }
}
