// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

let package = Package(
  name: "BasisLab",
  products: [
    .executable(name: "basislab", targets: ["basislab"]),
    .executable(name: "Benchmarks", targets: ["Benchmarks"]),
    .library(
      name: "BasisLab",
      targets: [
        "Parallel", "Tensors", "Formats", "Spectral", "Statistics", "LinearModels", "NeuralNetworks", "Datasets",
        "Figures", "Calibration", "Experiments",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // MARK: System libraries
    .systemLibrary(name: "CFFTW", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CLAPACK", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // MARK: The engine
    .target(name: "CKernels"),
    .target(name: "Parallel", dependencies: ["CKernels"]),
    .target(
      name: "Tensors",
      dependencies: [
        "CKernels", "COneDNN", "CLAPACK", .product(name: "Numerics", package: "swift-numerics"),
      ],
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "Formats", dependencies: ["Tensors", "CPNG", "CZlib"]),
    .target(
      name: "Spectral",
      dependencies: [
        "Tensors", "Parallel", "CKernels", "CFFTW", .product(name: "Numerics", package: "swift-numerics"),
      ]),

    .target(
      name: "Statistics",
      dependencies: ["Tensors", "Parallel", .product(name: "Numerics", package: "swift-numerics")]),

    // MARK: Models
    .target(name: "LinearModels", dependencies: ["Statistics", "Tensors", "Parallel", "CKernels"]),
    .target(
      name: "NeuralNetworks",
      dependencies: [
        "Spectral", "Formats", "Tensors", "Parallel", "CKernels", .product(name: "Numerics", package: "swift-numerics"),
      ]),

    // MARK: Data, pictures, experiments
    .target(
      name: "Datasets",
      dependencies: ["Formats", "Tensors", "Parallel", .product(name: "Numerics", package: "swift-numerics")]),
    .target(name: "Figures", dependencies: ["Formats", "Tensors"]),
    .target(
      name: "Experiments",
      dependencies: [
        "NeuralNetworks", "LinearModels", "Statistics", "Spectral", "Datasets", "Figures", "Formats", "Tensors",
        "Parallel", "Yams", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Mustache", package: "swift-mustache"), .product(name: "Numerics", package: "swift-numerics"),
      ],
      resources: [.embedInCode("Reports/Templates")]),

    // MARK: The machine
    .target(name: "Calibration", dependencies: ["Spectral", "Formats", "Tensors", "Parallel"]),

    // MARK: Programs
    .target(
      name: "Workloads",
      dependencies: ["NeuralNetworks", "LinearModels", "Spectral", "Formats", "Tensors", "Parallel"]),
    .executableTarget(
      name: "basislab",
      dependencies: [
        "Workloads", "Calibration", "Experiments", "NeuralNetworks", "LinearModels", "Statistics", "Spectral",
        "Datasets", "Figures", "Formats", "Tensors", "Parallel", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Workloads", "NeuralNetworks", "LinearModels", "Spectral", "Formats", "Tensors", "Parallel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Peers"]),

    // MARK: Tests
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(
      name: "TestSupport", dependencies: ["AllocationCounter", "Parallel", "Tensors"], path: "Tests/TestSupport"),
    .testTarget(name: "ParallelTests", dependencies: ["Parallel"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(name: "FormatsTests", dependencies: ["Formats", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(
      name: "SpectralTests", dependencies: ["Spectral", "CKernels", "Formats", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(
      name: "LinearModelsTests", dependencies: ["LinearModels", "CKernels", "Formats", "Spectral", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", "Formats", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Formats", "Parallel", "TestSupport"]),
    .testTarget(name: "FiguresTests", dependencies: ["Figures", "Formats", "TestSupport"]),
    .testTarget(name: "CalibrationTests", dependencies: ["Calibration", "Spectral", "TestSupport"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Experiments", "NeuralNetworks", "Datasets", "LinearModels", "Spectral", "Statistics", "Formats", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Features/Fixtures", "Perturbations/Fixtures"]),
    .testTarget(
      name: "CommandTests", dependencies: ["basislab", "Formats", "LinearModels", "Spectral", "TestSupport"],
      exclude: ["Fixtures"]),
  ]
)
