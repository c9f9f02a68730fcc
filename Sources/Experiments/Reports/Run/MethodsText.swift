/// The protocol of a run in words, ready for the methods section of a paper.
enum MethodsText {
  /// Paragraph by paragraph, each with what it is about.
  static func paragraphs(_ run: Run, _ parts: [Run.Part]) -> [ReportContent.Field] {
    [
      ("Data", data(parts)), ("Models", models(run, parts)), ("Selection", tuning(run, parts)),
      ("Statistics", statistics(run, parts)), ("Software", software(run)),
    ].map { ReportContent.Field(name: $0.0, value: $0.1) }
  }

  private static func data(_ parts: [Run.Part]) -> String {
    let described = parts.compactMap { part in part.table.map { (part.label, describe(part.dataset, $0), $0.design) } }
    func distinct(_ texts: [String]) -> [String] {
      texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    let sentences = distinct(described.map(\.1)).map { text in
      "\(described.filter { $0.1 == text }.map(\.0).joined(separator: ", ")): \(text)"
    }
    return (sentences + distinct(described.map(\.2))).joined(separator: " ")
  }

  private static func describe(_ dataset: DatasetFacts, _ table: TableResult) -> String {
    let size = dataset.shape.suffix(2).map(String.init).joined(separator: "×")
    let average = table.hasEqualCounts ? "" : "on average "
    let response = dataset.family == nil ? "in \(dataset.classes.count) classes" : "with a number each"
    return
      "\(dataset.shape[0].groupedDigits) images of \(size) pixels \(response); in each of \(table.splits) repeats \(average)"
      + "\(table.counts[0].groupedDigits) training, \(table.counts[1].groupedDigits) validation and "
      + "\(table.counts[2].groupedDigits) test images."
  }

  private static func models(_ run: Run, _ parts: [Run.Part]) -> String {
    let families = Set(parts.compactMap { $0.table?.family })
    let (linear, losses) = fits(families)
    return "On the fixed side, \(linear) with a ridge penalty on the features of a fixed basis or "
      + "feature map, each standardised by the training images; a basis keeps its first \(ContenderCatalog.defaultAtomCount) atoms "
      + "where its name gives no number." + sparse(run) + links(run)
      + " On the learned side, networks trained by Adam (Kingma and Ba 2015; step size "
      + "\(NetworkContender.learningRate), batches of at most \(NetworkContender.maximumBatchSize), \(losses)) on pixels "
      + "shifted and scaled by the mean and standard deviation of all training pixels. Models: "
      + run.configuration.modelNames.joined(separator: ", ") + "." + described(run) + controls(run)
      + (ReportCitations.usesScattering(parts) ? " Scattering coefficients are those of Bruna and Mallat (2013)." : "")
  }

  /// How models of the families are fitted: the fixed ones, and the losses of networks.
  private static func fits(_ families: Set<ModelFamily>) -> (linear: String, losses: String) {
    let all: [(family: ModelFamily, linear: String, loss: String)] = [
      (.multinomial, "multinomial logistic regression", "softmax cross-entropy"),
      (
        .gaussian, "linear regression of numbers, scaled to mean 0 and deviation 1,",
        "squared error of numbers so scaled"
      ),
      (.poisson, "Poisson regression of counts with a logarithmic link", "Poisson likelihood of counts"),
    ]
    let used = all.filter { families.contains($0.family) }
    return (used.map(\.linear).joined(separator: " and "), used.map(\.loss).joined(separator: "; "))
  }

  /// The penalties that make weights 0, where models have such.
  private static func sparse(_ run: Run) -> String {
    let forms = run.configuration.sparsePenalties.map(\.form)
    let words: [(form: PenaltyForm, words: String)] = [
      (.l1, "an L1 penalty λ·Σ|w| (+l1; Tibshirani 1996)"),
      (
        .elasticNet,
        "an elastic net λ·(α·Σ|w| + (1 − α)/2·‖W‖²) with α behind its name, or else "
          + "\(PenaltyChoice.usualMixing) (+elastic-net; Zou and Hastie 2005)"
      ),
      (.groupL1, "a group L1 penalty λ·Σ√|g|·‖W_g‖ over the bands g of the basis (+group-l1; Yuan and Lin 2006)"),
    ]
    let used = words.filter { forms.contains($0.form) }.map(\.words)
    guard !used.isEmpty else { return "" }
    return " Models whose names say so have, in the place of ridge, a penalty that makes weights 0: "
      + "\(used.joined(separator: ", or ")). Their bases keep all atoms where the name gives no number, and features that are "
      + "left without weight count in the size of the model."
  }

  /// The links that names say.
  private static func links(_ run: Run) -> String {
    let names = run.configuration.models.filter { name in run.configuration.linear(name)?.link != nil }
    return names.isEmpty
      ? ""
      : " \(names.joined(separator: ", ")): binomial models of the second of two classes, or Gaussian models of numbers divided by "
        + "their mean, with the link that the name ends in."
  }

  private static func described(_ run: Run) -> String {
    let names = (run.configuration.networks ?? []).map(\.name)
    return names.isEmpty ? "" : " The layers of \(names.joined(separator: ", ")) are listed below."
  }

  private static func controls(_ run: Run) -> String {
    guard !run.configuration.noControls else { return "" }
    return
      " Controls take part in no ranking: the class frequencies, as many random orthonormal atoms as each basis has "
      + "(under the same penalty), each network behind random filters that are not trained, and models of images whose labels were dealt anew "
      + "within each part."
  }

  private static func perturbations(_ run: Run) -> String {
    run.configuration.perturb.isEmpty
      ? ""
      : " The chosen models were tested on perturbed test images as well (\(run.configuration.perturb.joined(separator: ", ")))."
  }

  private static func tuning(_ run: Run, _ parts: [Run.Part]) -> String {
    let trials = run.configuration.trials
    let families = Set(parts.compactMap { $0.table?.family })
    let measures = ModelFamily.allCases.filter(families.contains).map(\.words).joined(separator: ", ")
    return "Every model was fitted with \(trials) setting\(trials == 1 ? "" : "s") in each repeat: ridge "
      + "penalties λ of the mean loss plus (λ/2)‖W‖², spaced evenly in log λ from 100 to 10⁻⁵, "
      + (run.configuration.sparsePenalties.isEmpty
        ? ""
        : "other penalties from the smallest λ at which all weights are 0 on the training images to a thousandth of it, ")
      + "or numbers of epochs, "
      + "spaced evenly in their logarithm from 2 to \(run.configuration.epochs). The setting with the best \(measures) on "
      + "the validation images (of equal accuracies the one with the smaller log loss) was evaluated on the test images, once. "
      + "The best fixed and the best learned model of a data set are named by the same measure on validation images. No choice depended on "
      + "test images; the store of runs lists every evaluation on them." + perturbations(run)
  }

  private static func folds(_ run: Run, _ folds: Int) -> String {
    "Intervals are 95 % intervals of the corrected t test of \(folds)-fold cross-validation repeated "
      + "\(run.configuration.splits) times, with variance factor 1/(kr) + 1/(k − 1) and kr − 1 degrees of freedom."
  }

  private static func statistics(_ run: Run, _ parts: [Run.Part]) -> String {
    let tables = parts.compactMap(\.table)
    let pairs = tables.map(\.pairs.count).max() ?? 0
    let isOfficial = tables.contains { $0.pairs.contains { $0.mcNemar != nil } }
    let intervals =
      tables.contains { $0.design.contains("bootstrap") }
      ? "Intervals are 95 % percentile intervals of the two-way bootstrap over repeats and test images or their groups "
        + "(Owen 2007; Owen and Eckles 2012), 2000 replicates."
      : run.configuration.folds.map { folds(run, $0) }
        ?? "Intervals are 95 % intervals of the corrected resampled t test (Nadeau and Bengio 2003) with variance factor 1/J + n_test/n_train and "
        + "J − 1 degrees of freedom, J = \(run.configuration.splits) repeats."
    let holm =
      pairs > 1
      ? " The p-values of all pairs of a learned and a fixed model of a data set (up to \(pairs)) were corrected after Holm (1979)."
      : ""
    let exact =
      isOfficial
      ? " Where there is an official split, the first repeat’s setting was fitted to the whole official training part and "
        + "compared by McNemar’s exact test (1947)." : ""
    return
      "\(intervals) Differences of two models were taken on the same images.\(holm)\(exact) The smallest "
      + "detectable difference is that which such an experiment would tell from 0 at the 5 % level with 80 % power."
  }

  private static func software(_ run: Run) -> String {
    "BasisLab \(run.version), seed \(run.configuration.seed); equal configuration and data give equal bits."
  }
}
