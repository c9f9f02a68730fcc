import Parallel
import Testing

@Suite struct AvailableMemoryTests {
  @Test func theSystemSaysWhatIsAvailable() {
    let text = "MemTotal:       24683520 kB\nMemFree:  100 kB\nMemAvailable:   2048 kB\n"
    #expect(AvailableMemory.available(systemMemory: text) == 2 << 20)
    #expect(AvailableMemory.available(systemMemory: "MemTotal: 5 kB\n") == nil)
    #expect(AvailableMemory.available(systemMemory: nil) == nil)
  }

  @Test func aControlGroupLeavesWhatItHasNotUsed() {
    func remainder(_ limit: String?, _ used: String?, _ statistics: String? = nil) -> Int? {
      AvailableMemory.remainder(limit: limit, used: used, statistics: statistics)
    }
    #expect(remainder("1000\n", "300\n") == 700)
    #expect(remainder("1000\n", "900\n", "anon 1\ninactive_file 250\n") == 350)
    #expect(remainder("1000\n", "1200\n") == 0)
    #expect(remainder("max\n", "300\n") == nil)
    #expect(remainder(nil, nil) == nil)
  }

  @Test func thisMachineHasSome() throws {
    #expect(try #require(AvailableMemory.byteCount) > 1 << 20)
  }
}

@Suite struct PeakMemoryTests {
  @Test func readsTheStatusOfAProcess() {
    #expect(PeakMemory.byteCount(processStatus: "Name:\tx\nVmPeak:\t 900 kB\nVmHWM:\t    1024 kB\n") == 1 << 20)
    for text in [nil, "", "VmHWM:", "VmHWM: many kB", "VmHWM: 5 MB"] {
      #expect(PeakMemory.byteCount(processStatus: text) == nil)
    }
  }
}
