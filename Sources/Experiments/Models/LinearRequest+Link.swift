import LinearModels
import Tensors

extension LinearRequest {
  /// The distribution of the response and the link.
  ///
  /// Without a link in the name they are those of ``ModelFamily``. With one, two classes are explained by a binomial model of
  /// the second, and numbers by a Gaussian model whose mean is the exponential of the score. Links under which an image could
  /// have a mean out of range, such as the identity for counts, are none.
  ///
  /// - Parameter context: What the images are like.
  /// - Returns: The family and its link.
  /// - Throws: `InputError` for a link that what is explained does not have.
  func distribution(in context: ContenderContext) throws -> (family: Family, link: Link) {
    let (family, usual) = (context.family.linear, context.family.linear.canonicalLink)
    guard let link else { return (family, usual) }
    let (other, links, images): (Family, [Link], String) =
      switch context.family {
      case .multinomial:
        (.binomial, context.classCount == 2 ? [.logit, .probit, .cloglog] : [], "\(context.classCount) classes")
      case .gaussian: (.gaussian, [.log], "numbers")
      case .poisson: (.poisson, [], "counts")
      }
    guard links.contains(link) else {
      throw InputError(
        "model '\(name)'", "the link '\(link.rawValue)' is none that a name may say where images have \(images)",
        remedy: "Leave it out, for the link '\(usual.rawValue)'"
          + (links.isEmpty
            ? "." : ", or write \(links.map { "'\($0.rawValue)'" }.joined(separator: ", ")) in its place."))
    }
    return (other, link)
  }
}
