import Foundation

extension NumPyArray {
  /// Makes an array of what lies in a file: reverses the bytes and the axes where the header asks for it.
  init(_ header: NPYHeader, bytes: ArraySlice<UInt8>, origin: String) {
    var bytes = bytes
    if header.isBigEndian {
      var swapped = Array(bytes)
      swapped.withUnsafeMutableBytes { header.elementType.swapBytes(of: $0) }
      bytes = swapped[...]
    }
    if header.isFortranOrder && header.shape.count(where: { $0 > 1 }) > 1 {
      bytes = Self.rowMajor(bytes, shape: header.shape, width: header.elementType.byteCount)
    }
    self.init(shape: header.shape, elementType: header.elementType, bytes: bytes, origin: origin)
  }

  /// Copies column-major elements of `width` bytes into row-major order.
  private static func rowMajor(_ bytes: ArraySlice<UInt8>, shape: [Int], width: Int) -> ArraySlice<UInt8> {
    var strides = shape
    var step = width
    for axis in shape.indices {
      strides[axis] = step
      step *= shape[axis]
    }
    let (columns, columnStride) = (shape.last!, strides.last!)
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { target, filled in
      filled = bytes.count
      bytes.withUnsafeBytes { source in
        var to = UnsafeMutableRawPointer(target.baseAddress!)
        for row in 0..<(bytes.count / width / columns) {
          let start = source.baseAddress! + offset(ofRow: row, shape: shape, strides: strides)
          for column in 0..<columns {
            memcpy(to, start + column * columnStride, width)
            to += width
          }
        }
      }
    }[...]
  }

  private static func offset(ofRow row: Int, shape: [Int], strides: [Int]) -> Int {
    var (rest, offset) = (row, 0)
    for axis in shape.indices.dropLast().reversed() {
      offset += rest % shape[axis] * strides[axis]
      rest /= shape[axis]
    }
    return offset
  }
}

extension NumPyArray.ElementType {
  /// Changes the byte order of elements in memory.
  func swapBytes(of elements: UnsafeMutableRawBufferPointer) {
    func swap<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type) {
      for offset in stride(from: 0, to: elements.count, by: MemoryLayout<Word>.size) {
        let word = elements.loadUnaligned(fromByteOffset: offset, as: Word.self)
        elements.storeBytes(of: word.byteSwapped, toByteOffset: offset, as: Word.self)
      }
    }
    switch swappedUnit {
    case 2: swap(UInt16.self)
    case 4: swap(UInt32.self)
    case 8: swap(UInt64.self)
    default: break
    }
  }
}
