/// The works that a run rests on.
enum ReportCitations {
  /// Those that its design and its models make use of, in the order in which they are met.
  static func all(_ run: Run, _ parts: [Run.Part]) -> [(text: String, link: String)] {
    let penalties = Set(run.configuration.sparsePenalties.map(\.form))
    let tables = parts.compactMap(\.table)
    let hasBootstrap = tables.contains { $0.design.contains("bootstrap") }
    let hasResampledT = tables.contains { $0.design.contains("resampled t") }
    return [
      (hasResampledT, nadeau), (hasBootstrap, owen), (hasBootstrap, eckles),
      (tables.contains { $0.pairs.count > 1 }, holm),
      (tables.contains { $0.pairs.contains { $0.mcNemar != nil } }, mcNemar), (true, brier), (true, guo),
      (tables.contains { $0.models.contains { $0.side == .learned } }, adam), (usesScattering(parts), bruna),
      (penalties.contains(.l1), tibshirani), (penalties.contains(.elasticNet), zou),
      (penalties.contains(.groupL1), yuan),
    ].filter(\.0).map(\.1)
  }

  /// Whether a model works on scattering coefficients.
  static func usesScattering(_ parts: [Run.Part]) -> Bool {
    parts.compactMap(\.table).contains { $0.models.contains { $0.model.contains("scattering") } }
  }

  private static let nadeau = (
    text: "C. Nadeau, Y. Bengio. Inference for the generalization error. Machine Learning 52 (2003), 239–281.",
    link: "https://doi.org/10.1023/A:1024068626366"
  )
  private static let owen = (
    text: "A. B. Owen. The pigeonhole bootstrap. Annals of Applied Statistics 1 (2007), 386–411.",
    link: "https://doi.org/10.1214/07-AOAS122"
  )
  private static let eckles = (
    text: "A. B. Owen, D. Eckles. Bootstrapping data arrays of arbitrary order. Annals of Applied Statistics 6 (2012), "
      + "895–927.", link: "https://doi.org/10.1214/12-AOAS547"
  )
  private static let holm = (
    text:
      "S. Holm. A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6 (1979), "
      + "65–70.", link: "https://www.jstor.org/stable/4615733"
  )
  private static let mcNemar = (
    text: "Q. McNemar. Note on the sampling error of the difference between correlated proportions or percentages. "
      + "Psychometrika 12 (1947), 153–157.", link: "https://doi.org/10.1007/BF02295996"
  )
  private static let brier = (
    text:
      "G. W. Brier. Verification of forecasts expressed in terms of probability. Monthly Weather Review 78 (1950), 1–3.",
    link: "https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2"
  )
  private static let guo = (
    text: "C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger. On calibration of modern neural networks. ICML 2017.",
    link: "https://proceedings.mlr.press/v70/guo17a.html"
  )
  private static let adam = (
    text: "D. P. Kingma, J. Ba. Adam: a method for stochastic optimization. ICLR 2015.",
    link: "https://arxiv.org/abs/1412.6980"
  )
  private static let tibshirani = (
    text:
      "R. Tibshirani. Regression shrinkage and selection via the lasso. Journal of the Royal Statistical Society B 58 "
      + "(1996), 267–288.", link: "https://doi.org/10.1111/j.2517-6161.1996.tb02080.x"
  )
  private static let zou = (
    text:
      "H. Zou, T. Hastie. Regularization and variable selection via the elastic net. Journal of the Royal Statistical "
      + "Society B 67 (2005), 301–320.", link: "https://doi.org/10.1111/j.1467-9868.2005.00503.x"
  )
  private static let yuan = (
    text: "M. Yuan, Y. Lin. Model selection and estimation in regression with grouped variables. Journal of the Royal "
      + "Statistical Society B 68 (2006), 49–67.", link: "https://doi.org/10.1111/j.1467-9868.2005.00532.x"
  )
  private static let bruna = (
    text: "J. Bruna, S. Mallat. Invariant scattering convolution networks. IEEE Transactions on Pattern Analysis and "
      + "Machine Intelligence 35 (2013), 1872–1886.", link: "https://doi.org/10.1109/TPAMI.2012.230"
  )
}
