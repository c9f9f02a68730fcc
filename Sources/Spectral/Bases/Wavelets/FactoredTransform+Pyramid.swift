extension FactoredTransform {
  /// Mallat's pyramid: each level splits the averages of the level before along both axes, those axes whose size is odd
  /// excepted, until both are odd.
  ///
  /// - Parameters:
  ///   - filter: The wavelet.
  ///   - height: H.
  ///   - width: W.
  init(pyramidOf filter: WaveletFilter, height: Int, width: Int) {
    let image = (base: 0, pitch: width)
    var factors: [AxisFactor] = []
    var (rows, columns) = (height, width)
    while rows.isMultiple(of: 2) || columns.isMultiple(of: 2) {
      let scratch = (base: height * width, pitch: columns)
      factors.append(.alongY(filter.split(rows), width: columns, from: image, to: scratch))
      factors.append(.alongX(filter.split(columns), height: rows, from: scratch, to: image))
      rows = rows.isMultiple(of: 2) ? rows / 2 : rows
      columns = columns.isMultiple(of: 2) ? columns / 2 : columns
    }
    let places = WaveletBand.pyramid(height: height, width: width).flatMap { band in
      let top = band.changesAlongY ? band.rows : 0
      let left = band.changesAlongX ? band.columns : 0
      return (0..<band.rows * band.columns).map { (top + $0 / band.columns) * width + left + $0 % band.columns }
    }
    self.init(height: height, width: width, factors: factors, places: places)
  }
}
