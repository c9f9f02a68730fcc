import Figures
import Testing

@Suite struct ColorMapTests {
  @Test func anchorsOfRedBlue() {
    #expect(ColorMap.redBlue.color(at: 0) == RGBColor(hexadecimal: 0x2166AC))
    #expect(ColorMap.redBlue.color(at: 0.5) == RGBColor(hexadecimal: 0xF7F7F7))
    #expect(ColorMap.redBlue.color(at: 1) == RGBColor(hexadecimal: 0xB2182B))
    #expect(ColorMap.redBlue.color(at: 0.125) == RGBColor(hexadecimal: 0x4393C3))
  }

  @Test func betweenTheAnchorsAndBeyondTheEnds() {
    #expect(ColorMap.gray.color(at: 0.2) == RGBColor(hexadecimal: 0x333333))
    #expect(ColorMap.gray.color(at: -3) == RGBColor(hexadecimal: 0x000000))
    #expect(ColorMap.gray.color(at: .infinity) == RGBColor(hexadecimal: 0xFFFFFF))
    #expect(ColorMap.gray.color(at: .nan) == ColorMap.notANumber)
    let halves = ColorMap([RGBColor(hexadecimal: 0x000000), RGBColor(hexadecimal: 0x0A1400), RGBColor(hexadecimal: 0)])
    #expect(halves.color(at: 0.75) == RGBColor(red: 5, green: 10, blue: 0))
  }

  @Test func lightnessFallsToBothSides() {
    func lightness(_ value: Double) -> Double {
      let color = ColorMap.redBlue.color(at: value)
      return 0.2126 * Double(color.red) + 0.7152 * Double(color.green) + 0.0722 * Double(color.blue)
    }
    for step in 0..<50 {
      #expect(lightness(0.5 + Double(step) / 100) > lightness(0.5 + Double(step + 1) / 100))
      #expect(lightness(0.5 - Double(step) / 100) > lightness(0.5 - Double(step + 1) / 100))
    }
  }
}
