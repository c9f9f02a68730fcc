public import Tensors

/// The feature maps by name.
///
/// A name is a word and its options, `NAME[:OPTION]…`, where an option is `KEY=VALUE`, or a value alone in the order of the
/// keys: `fourier:64` is `fourier:M=64`. A comma separates options as a colon does. <doc:Features> lists all of them.
public enum FeatureCatalog {
  /// The first words that ``features(named:height:width:random:training:)`` knows: the bases, then the other maps.
  public static var names: [String] { BasisCatalog.names + FeatureRecipe.all.map(\.name) }

  /// Makes a feature map.
  ///
  /// - Parameters:
  ///   - text: A name with options.
  ///   - name: What errors call the map; the text when left out.
  ///   - height: H, the number of rows of an image.
  ///   - width: W, the number of columns of an image.
  ///   - random: What decides random atoms and filters; the other maps leave it alone.
  ///   - training: The images `[N, H, W]` that a basis is fitted to that needs them.
  /// - Returns: The map.
  /// - Throws: `InputError` for an unknown name or option, with a suggestion, for a value out of range, and for a size that
  ///   the map does not have.
  public static func features(
    named text: String, calledAs name: String? = nil, height: Int, width: Int, random: RandomStream,
    training: Tensor<Double>? = nil
  ) throws -> any FeatureMap {
    guard height >= 1 && width >= 1 else {
      throw InputError("size", "found \(height)×\(width), expected at least 1×1")
    }
    let (recipe, options) = try parse(text, calledAs: name)
    let context = FeatureContext(height: height, width: width, random: random, training: training)
    return try recipe.make(options, context)
  }

  /// Checks a name and the names of its options, whatever the images are like.
  ///
  /// - Parameters:
  ///   - text: What was typed.
  ///   - name: What errors call the map; the text when left out.
  ///   - taken: The keys of options that the caller has taken out of the text, which errors name among those that there are.
  /// - Throws: `InputError` with "did you mean" where a name is near.
  public static func validate(_ text: String, calledAs name: String? = nil, taken: [String] = []) throws {
    _ = try parse(text, calledAs: name, taken: taken)
  }

  private static func parse(
    _ text: String, calledAs name: String?, taken: [String] = []
  ) throws -> (FeatureRecipe, FeatureOptions) {
    let words = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "," }.map(String.init)
    guard
      let recipe = (FeatureRecipe.all + BasisCatalog.names.map(FeatureRecipe.basis)).first(where: {
        $0.name == words[0]
      })
    else { throw Suggestion.unknown(words[0], kind: "feature map", accepted: names) }
    return (recipe, try FeatureOptions(name ?? text, words.dropFirst(), keys: recipe.keys, taken: taken))
  }
}
