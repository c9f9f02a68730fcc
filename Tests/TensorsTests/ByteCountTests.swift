import Tensors
import Testing

@Suite struct ByteCountTests {
  @Test(arguments: [
    ("512MiB", 512 << 20), ("1.5 GiB", 3 << 29), ("100000", 100_000), ("2g", 2 << 30), ("64 kb", 64 << 10), ("7B", 7),
    ("1T", 1 << 40),
  ])
  func isRead(text: String, bytes: Int) throws { #expect(try ByteCount(parsing: text).bytes == bytes) }

  @Test(arguments: ["", "MiB", "-5MiB", "5 apples", "0", "1e99", "99999999T", "1..5G"])
  func nonsenseIsRefused(text: String) {
    let error = #expect(throws: InputError.self) { try ByteCount(parsing: text) }
    #expect(error?.description.contains("'\(text)'") ?? false)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (512 << 20, "512 MiB"), (3 << 29, "1.5 GiB"),
    (1_234_567, "1.18 MiB"), (5 << 40, "5 TiB"),
  ])
  func isWritten(bytes: Int, text: String) { #expect(ByteCount(bytes).description == text) }
}
