import Spectral

/// Shapes that a bank may meet: strides, paddings on single sides, more padding than kernel, filters in and out of
/// groups, kernels larger than the image, images of one row.
func particularShapes() throws -> [ConvolutionShape] {
  try [
    bank(1, 8, (16, 16), (3, 3), padding: Padding(1)),
    bank(5, 6, (9, 12), (3, 3), padding: Padding(1)),
    bank(2, 5, (16, 16), (15, 15), padding: Padding(7)),
    bank(2, 3, (10, 7), (4, 2), padding: .same(kernelHeight: 4, kernelWidth: 2)),
    bank(3, 2, (11, 13), (5, 4)),
    bank(3, 4, (5, 5), (1, 1)),
    bank(1, 1, (1, 1), (1, 1)),
    bank(1, 2, (1, 37), (1, 7), padding: Padding(top: 0, bottom: 0, left: 3, right: 3)),
    bank(2, 1, (23, 1), (5, 1), padding: Padding(top: 2, bottom: 2, left: 0, right: 0)),
    bank(1, 1, (4, 5), (9, 8), padding: .same(kernelHeight: 9, kernelWidth: 8)),
    bank(1, 5, (6, 7), (3, 4), padding: Padding(top: 2, bottom: 2, left: 3, right: 3)),
    bank(2, 2, (5, 4), (2, 3), padding: Padding(top: 4, bottom: 1, left: 5, right: 0)),
    bank(3, 5, (16, 16), (3, 3), strides: (2, 2), padding: Padding(1)),
    bank(2, 4, (13, 9), (4, 3), strides: (3, 2), padding: Padding(2)),
    bank(2, 3, (14, 11), (3, 2), dilations: (2, 3), padding: Padding(2)),
    bank(1, 4, (14, 11), (3, 3), strides: (2, 3), dilations: (3, 2), padding: Padding(3)),
    bank(6, 4, (7, 8), (3, 3), groups: 2, padding: Padding(1)),
    bank(5, 10, (8, 7), (3, 3), strides: (2, 1), groups: 5, padding: Padding(1)),
    bank(2, 3, (11, 9), (2, 1), strides: (3, 4)),
    bank(3, 2, (12, 13), (3, 3), strides: (2, 2), dilations: (2, 4), padding: Padding(4)),
    bank(3, 2, (16, 20), (5, 4), strides: (2, 1), padding: .same(kernelHeight: 5, kernelWidth: 4)),
    bank(1, 1, (40, 131), (7, 9), padding: .same(kernelHeight: 7, kernelWidth: 9)),
  ] + blockEdges()
}

/// Shapes at the edges of the direct loops' blocks: columns inside an image and at its sides, whole and broken vectors,
/// filters in and out of groups, fewer rows than a block, signals, and phases of strides under dilations.
private func blockEdges() throws -> [ConvolutionShape] {
  try [
    bank(1, 5, (9, 261), (3, 5), padding: .same(kernelHeight: 3, kernelWidth: 5)),
    bank(2, 1, (6, 70), (2, 4)),
    bank(1, 4, (5, 48), (4, 3), padding: .same(kernelHeight: 4, kernelWidth: 3)),
    bank(1, 6, (7, 17), (5, 5), padding: Padding(2)),
    bank(1, 1, (2, 33), (2, 3), padding: .same(kernelHeight: 2, kernelWidth: 3)),
    bank(1, 1, (1, 900), (1, 37), padding: Padding(top: 0, bottom: 0, left: 18, right: 18)),
    bank(2, 5, (3, 700), (1, 48), padding: Padding(top: 1, bottom: 0, left: 20, right: 27)),
    bank(1, 1, (11, 20), (3, 3), dilations: (4, 1), padding: Padding(4)),
    bank(2, 5, (19, 23), (5, 4), strides: (4, 2), dilations: (6, 3), padding: Padding(7)),
    bank(1, 4, (17, 19), (2, 3), strides: (5, 4), padding: Padding(1)),
  ]
}

/// A bank of so many kernels on images of so many channels.
func bank(
  _ channels: Int, _ filters: Int, _ image: (Int, Int), _ kernel: (Int, Int), strides: (Int, Int) = (1, 1),
  dilations: (Int, Int) = (1, 1), groups: Int = 1, padding: Padding = Padding(0)
) throws -> ConvolutionShape {
  try ConvolutionShape(
    inputChannels: channels, outputChannels: filters, inputHeight: image.0, inputWidth: image.1,
    kernelHeight: kernel.0, kernelWidth: kernel.1, strideY: strides.0, strideX: strides.1, dilationY: dilations.0,
    dilationX: dilations.1, groups: groups, padding: padding)
}
