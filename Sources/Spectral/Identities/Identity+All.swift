extension Identity {
  /// The identities, from the convolution theorem to the laws of convolution as a product.
  public static let all = [
    Identity(
      name: "circular-convolution", formula: "F(x ⊛ k) = F(x)·F(k)",
      statement: "The spectrum of a circular convolution is the product of the spectra.",
      checkFloat: { circularConvolution($0, as: Float.self) },
      checkDouble: { circularConvolution($0, as: Double.self) }),
    Identity(
      name: "linear-convolution", formula: "x ∗ k = F⁻¹(F(pad x)·F(pad k))",
      statement: "A linear convolution is a circular one of images padded with zeros to H + kh − 1.",
      checkFloat: { linearConvolution($0, as: Float.self) }, checkDouble: { linearConvolution($0, as: Double.self) }),
    Identity(
      name: "correlation", formula: "F(x ⋆ k) = F(x)·F(k)*",
      statement: "The spectrum of a circular cross-correlation has the kernel's spectrum conjugated.",
      checkFloat: { correlation($0, as: Float.self) }, checkDouble: { correlation($0, as: Double.self) }),
    Identity(
      name: "parseval", formula: "Σ|x|² = 1/N · Σ|F(x)|²",
      statement: "An image and its spectrum have the same energy.",
      checkFloat: { parseval($0, as: Float.self) }, checkDouble: { parseval($0, as: Double.self) }),
    Identity(
      name: "shift", formula: "F(x[n − s])[k] = F(x)[k]·exp(−2πi·k·s/N)",
      statement: "A circular shift of the image turns the phases of its spectrum.",
      checkFloat: { shift($0, as: Float.self) }, checkDouble: { shift($0, as: Double.self) }),
    Identity(
      name: "commutativity", formula: "x ∗ k = k ∗ x", statement: "Image and kernel may change places.",
      checkFloat: { commutativity($0, as: Float.self) }, checkDouble: { commutativity($0, as: Double.self) }),
    Identity(
      name: "associativity", formula: "(x ∗ g) ∗ h = x ∗ (g ∗ h)",
      statement: "Two kernels after one another are one larger kernel.",
      checkFloat: { associativity($0, as: Float.self) }, checkDouble: { associativity($0, as: Double.self) }),
    Identity(
      name: "distributivity", formula: "x ∗ (g + h) = x ∗ g + x ∗ h",
      statement: "The convolution with a sum of kernels is the sum of the convolutions.",
      checkFloat: { distributivity($0, as: Float.self) }, checkDouble: { distributivity($0, as: Double.self) }),
  ]
}
