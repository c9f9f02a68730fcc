import Formats
import Tensors

extension DatasetReader {
  /// The groups of the images, from the chosen array or from the first that is looked for and exists.
  func groups(_ chosen: GroupSelection?, count: Int) throws -> ImageGroups? {
    let automatic = GroupSelection.automaticKeys.first(where: hasArray).map { GroupSelection(key: $0) }
    guard let selection = chosen ?? automatic else { return nil }
    let columns = try groupArrays(selection.key).map { try column(of: $0, selection) }
    let count = (found: columns.reduce(0) { $0 + $1.count }, expected: count)
    guard count.found == count.expected else {
      throw InputError(
        path, "groups '\(selection)' have \(count.found) entries, expected one for each of \(count.expected) images")
    }
    if columns.contains(where: \.elementType.isText) {
      return ImageGroups(key: "\(selection)", values: try columns.flatMap { try $0.values { try $0.strings() } })
    }
    return ImageGroups(key: "\(selection)", values: try columns.flatMap { try $0.values { try $0.integers() } })
  }

  private func hasArray(_ key: String) -> Bool {
    archive.contains(key) || hasOfficialSplit && archive.contains("\(key)_train")
  }

  private func groupArrays(_ key: String) throws -> [NumPyArray] {
    let isDivided = hasOfficialSplit && (archive.contains("\(key)_train") || archive.contains("\(key)_test"))
    return isDivided ? [try archive["\(key)_train"], try archive["\(key)_test"]] : [try archive[key]]
  }

  private func column(of array: NumPyArray, _ selection: GroupSelection) throws -> GroupColumn {
    let place = array.origin ?? path
    switch (array.rank, selection.column) {
    case (2, _) where array.shape[1] == 0:
      throw InputError(place, "expected groups with at least one column, found shape \(array.shape)")
    case (1, nil), (1, 0): return GroupColumn(array: array, column: 0, width: 1)
    case (2, let column?) where column < array.shape[1]:
      return GroupColumn(array: array, column: column, width: array.shape[1])
    case (1, let column?):
      throw InputError(place, "a vector has no column \(column)", remedy: "Use '\(selection.key)'.")
    case (2, let column?):
      throw InputError(place, "there is no column \(column), expected 0…\(array.shape[1] - 1)")
    case (2, nil):
      throw InputError(
        place, "groups have \(array.shape[1]) columns, of which one must be chosen",
        remedy: "Write '\(selection.key):COLUMN' with a column of 0…\(array.shape[1] - 1).")
    default: throw InputError(place, "expected one group per image, found shape \(array.shape)")
    }
  }
}

/// One column of an array with a row per image.
private struct GroupColumn {
  let array: NumPyArray
  let column: Int
  let width: Int

  var count: Int { array.shape[0] }
  var elementType: NumPyArray.ElementType { array.elementType }

  func values<Value>(_ elements: (NumPyArray) throws -> [Value]) rethrows -> [Value] {
    let all = try elements(array)
    return width == 1 ? all : stride(from: column, to: all.count, by: width).map { all[$0] }
  }
}
