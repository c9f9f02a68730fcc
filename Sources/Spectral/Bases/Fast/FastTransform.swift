internal import Tensors

/// How all coefficients of an orthonormal basis are computed with fewer operations than a product with its atoms takes;
/// opaque outside this module.
public final class FastTransform: Sendable {
  private let deferred: Deferred<any TransformAlgorithm>

  /// Makes the transform when it is first used.
  init(_ make: @escaping @Sendable () -> any TransformAlgorithm) { deferred = Deferred(make) }

  var algorithm: any TransformAlgorithm { deferred.value }
}

/// An algorithm for all coefficients of an orthonormal basis, and back.
protocol TransformAlgorithm: Sendable {
  /// The real multiply-adds for one image.
  var operations: Double { get }

  /// The first `count` coefficients of images `[N, H, W]`, `[N, count]`.
  func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S>

  /// The images `[N, H, W]` of their first coefficients, `[N, M]`, the others being 0.
  func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S>
}
