import Datasets
import Experiments
import Tensors
import Testing

@Suite struct SplitsTests {
  private func dataset(labels: [Int], groups: [Int]? = nil, officialTest: Range<Int>? = nil) throws -> Dataset {
    let classCount = labels.max()! + 1
    return try Dataset(
      name: "made", images: .zeros([labels.count, 4, 4]), labels: labels,
      classes: (0..<classCount).map { "class \($0)" },
      groups: groups.map { ImageGroups(key: "source", values: $0) }, officialTest: officialTest)
  }

  private func checkPartition(_ split: Split, of dataset: Dataset) {
    #expect((split.train + split.validation + split.test).sorted() == Array(0..<dataset.count))
    for part in [split.train, split.validation, split.test] {
      #expect(part == part.sorted())
      #expect(Set(part.map { dataset.labels[$0] }).count == dataset.classes.count)
    }
  }

  private func checkStratification(_ part: [Int], share: Double, of dataset: Dataset, total: [Int]) {
    for label in dataset.classes.indices {
      let count = part.count { dataset.labels[$0] == label }
      #expect(abs(Double(count) - share * Double(total[label])) <= 1, "class \(label): \(count) of \(total[label])")
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func classesKeepTheirProportions(seed: UInt64) throws {
    var stream = RandomStream(seed: seed)
    let labels = (0..<400).map { _ in min(3, stream.integer(in: 0..<7)) } + (0..<4).flatMap { [$0, $0, $0] }
    let dataset = try dataset(labels: labels)
    let fractions = try SplitFractions(train: 0.55, validation: 0.15, test: 0.3)
    let splits = try Splits.make(for: dataset, repeats: 4, fractions: fractions, from: stream)
    for split in splits {
      checkPartition(split, of: dataset)
      checkStratification(split.train, share: 0.55, of: dataset, total: dataset.classCounts)
      checkStratification(split.validation, share: 0.15, of: dataset, total: dataset.classCounts)
      checkStratification(split.test, share: 0.3, of: dataset, total: dataset.classCounts)
    }
    #expect(Set(splits.map(\.test)).count == 4)
    #expect(try Splits.make(for: dataset, repeats: 2, fractions: fractions, from: stream) == Array(splits.prefix(2)))
  }

  @Test func theSmallestClassesHaveOneImageInEachPart() throws {
    let dataset = try dataset(labels: [0, 0, 0, 1, 1, 1, 1])
    for split in try Splits.make(for: dataset, repeats: 5, from: RandomStream(seed: 1)) {
      checkPartition(split, of: dataset)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func noGroupIsDivided(seed: UInt64) throws {
    var stream = RandomStream(seed: seed)
    var (labels, groups): ([Int], [Int]) = ([], [])
    for group in 0..<60 {
      let favourite = group % 3
      for _ in 0..<stream.integer(in: 3..<40) {
        labels.append(stream.uniform() < 0.6 ? favourite : stream.integer(in: 0..<3))
        groups.append(group)
      }
    }
    let dataset = try dataset(labels: labels, groups: groups)
    for split in try Splits.make(for: dataset, repeats: 5, from: stream) {
      checkPartition(split, of: dataset)
      let parts = [split.train, split.validation, split.test].map { Set($0.map { groups[$0] }) }
      #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]))
      #expect(parts[1].isDisjoint(with: parts[2]))
      for (part, share) in [(split.train, 0.64), (split.validation, 0.16), (split.test, 0.2)] {
        for label in 0..<3 {
          let fraction = Double(part.count { labels[$0] == label }) / Double(dataset.classCounts[label])
          #expect(abs(fraction - share) < 0.05, "class \(label) has share \(fraction), expected \(share); seed \(seed)")
        }
      }
    }
  }

  @Test func theOfficialTestPartStays() throws {
    let labels = (0..<100).map { $0 % 2 }
    let dataset = try dataset(labels: labels, officialTest: 70..<100)
    let splits = try Splits.make(for: dataset, repeats: 3, from: RandomStream(seed: 2))
    for split in splits {
      checkPartition(split, of: dataset)
      #expect(split.test == Array(70..<100))
      checkStratification(split.train, share: 0.8, of: dataset, total: [35, 35])
    }
    #expect(splits[0].train != splits[1].train)
  }

  @Test func theOfficialTrainingPartIsDividedByGroups() throws {
    let groups = (0..<60).map { $0 / 3 }
    let dataset = try dataset(labels: (0..<60).map { $0 % 2 }, groups: groups, officialTest: 48..<60)
    for split in try Splits.make(for: dataset, repeats: 3, from: RandomStream(seed: 2)) {
      #expect(Set(split.train.map { groups[$0] }).isDisjoint(with: split.validation.map { groups[$0] }))
      #expect(split.test == Array(48..<60))
    }
  }

  @Test func tooFewImagesOrGroupsAreNamed() throws {
    let few = try dataset(labels: [0, 0, 0, 0, 1, 1])
    #expect {
      try Splits.make(for: few, repeats: 1, from: RandomStream(seed: 0))
    } throws: {
      "\($0)".contains("class 'class 1' has 2 images to divide into train, validation and test, expected at least 3")
    }
    let grouped = try dataset(labels: [0, 0, 0, 1, 1, 1, 1, 1], groups: [1, 2, 3, 4, 4, 5, 5, 5])
    #expect {
      try Splits.make(for: grouped, repeats: 1, from: RandomStream(seed: 0))
    } throws: {
      "\($0)".contains("class 'class 1' lies in 2 groups of 'source'")
    }
    #expect(throws: InputError.self) { try SplitFractions(train: 0.5, validation: 0.5, test: 0.2) }
    #expect(throws: InputError.self) { try Splits.make(for: few, repeats: 0, from: RandomStream(seed: 0)) }
  }
}
