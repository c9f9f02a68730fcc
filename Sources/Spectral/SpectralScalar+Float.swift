internal import CFFTW
internal import CKernels
private import Foundation
public import Tensors

extension Float: SpectralScalar {
  /// FFTW's `fftwf_` functions and the C loops with suffix `f`.
  public static var spectralFunctions: SpectralFunctions<Float> { functions }

  private static let functions = SpectralFunctions<Float>(
    transforms: TransformLibrary(
      plan: { request, flags, real, complex, spectrum in
        request.withDimensions { rank, dimensions, loopRank, loops in
          let complex = complex.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: fftwf_complex.self) }
          let spectrum = UnsafeMutableRawPointer(spectrum).assumingMemoryBound(to: fftwf_complex.self)
          return switch request.kind {
          case .cosineForward, .cosineBackward:
            fftwf_plan_guru64_r2r(
              rank, dimensions, loopRank, loops, real,
              UnsafeMutableRawPointer(spectrum).assumingMemoryBound(to: Float.self),
              request.cosineKinds, flags)
          case .realForward:
            fftwf_plan_guru64_dft_r2c(rank, dimensions, loopRank, loops, real, spectrum, flags)
          case .realBackward:
            fftwf_plan_guru64_dft_c2r(rank, dimensions, loopRank, loops, spectrum, real, flags)
          case .forward:
            fftwf_plan_guru64_dft(rank, dimensions, loopRank, loops, complex, spectrum, FFTW_FORWARD, flags)
          case .backward:
            fftwf_plan_guru64_dft(rank, dimensions, loopRank, loops, complex, spectrum, FFTW_BACKWARD, flags)
          }
        }
      },
      executeReal: { fftwf_execute_r2r($0, $1, $2) },
      executeRealForward: { plan, input, output in
        fftwf_execute_dft_r2c(
          plan, input, UnsafeMutableRawPointer(output).assumingMemoryBound(to: fftwf_complex.self))
      },
      executeRealBackward: { plan, input, output in
        fftwf_execute_dft_c2r(
          plan, UnsafeMutableRawPointer(input).assumingMemoryBound(to: fftwf_complex.self), output)
      },
      executeComplex: { plan, input, output in
        fftwf_execute_dft(
          plan, UnsafeMutableRawPointer(input).assumingMemoryBound(to: fftwf_complex.self),
          UnsafeMutableRawPointer(output).assumingMemoryBound(to: fftwf_complex.self))
      },
      destroy: { fftwf_destroy_plan($0) },
      exportWisdom: {
        let text = fftwf_export_wisdom_to_string()
        defer { free(text) }
        return text.map { String(cString: $0) } ?? ""
      },
      importWisdom: { fftwf_import_wisdom_from_string($0) != 0 },
      forgetWisdom: { fftwf_forget_wisdom() }),
    loops: ConvolutionLoops(
      direct: { kernel_direct_f($0, $1, $2, $3) },
      extend: { kernel_extend_f($0, $1, $2) },
      fold: { kernel_fold_f($0, $1, $2) },
      directGradient: { kernel_direct_gradient_f($0, $1, $2, $3) },
      gatherColumns: { kernel_gather_columns_f($0, $1, $2, $3, $4, $5) },
      scatterColumns: { kernel_scatter_columns_f($0, $1, $2, $3, $4, $5) },
      largestMagnitude: { kernel_largest_magnitude_f($0, $1) }),
    tiles: TileLoops(
      rowsToHalfSpectra: { kernel_rows_to_half_spectra_f($0, $1, $2, $3, $4) },
      halfSpectraToRows: { kernel_half_spectra_to_rows_f($0, $1, $2, $3, $4) },
      interleave: { kernel_interleave_f($0, $1, $2, $3, $4, $5) },
      pick: { kernel_pick_f($0, $1, $2, $3, $4) },
      multiplySwapped: { kernel_multiply_swapped_f($0, $1, $2, $3, $4, $5) }),
    banks: BankLoops(
      multiplyBanks: { kernel_multiply_banks_f($0, $1, $2, $3, $4, $5) },
      packPair: { kernel_pack_pair_f($0, $1, $2, $3, $4) },
      unpackPair: { kernel_unpack_pair_f($0, $1, $2, $3, $4, $5) },
      packPlane: { kernel_pack_plane_f($0, $1, $2) },
      unpackPlane: { kernel_unpack_plane_f($0, $1, $2, $3) },
      placeWeights: { kernel_place_weights_f($0, $1, $2) },
      collectWeights: { kernel_collect_weights_f($0, $1, $2, $3) },
      copyBlocks: { kernel_copy_blocks_f($0, $1, $2, $3, $4) },
      winogradSamples: { kernel_winograd_samples_f($0, $1, $2) },
      winogradSamplesAdjoint: { kernel_winograd_samples_adjoint_f($0, $1, $2) },
      winogradOutputs: { kernel_winograd_outputs_f($0, $1, $2) },
      winogradOutputsAdjoint: { kernel_winograd_outputs_adjoint_f($0, $1, $2) },
      winogradWeights: { kernel_winograd_weights_f($0, $1, $2, $3) },
      winogradWeightsAdjoint: { kernel_winograd_weights_adjoint_f($0, $1, $2, $3) }),
    lanes: LaneLoops(
      gather: { kernel_lane_gather_f($0, $1, $2, $3, $4, $5) },
      scatter: { kernel_lane_scatter_f($0, $1, $2, $3) },
      columns: { kernel_lane_columns_f($0, $1, $2 ? 1 : 0, $3, $4, $5, $6) },
      realRows: { kernel_lane_real_rows_f($0, $1, $2, $3, $4, $5) },
      modulusRows: { kernel_lane_modulus_rows_f($0, $1, $2, $3, $4, $5) },
      filter: { kernel_lane_filter_f($0, $1, $2, $3, $4, $5) },
      average: { kernel_lane_average_f($0, $1, $2, $3, $4, $5) },
      rowsToLanes: { kernel_rows_to_lanes_f($0, $1, $2, $3, $4) },
      lanesToRows: { kernel_lanes_to_rows_f($0, $1, $2, $3, $4) },
      applyFactor: { kernel_apply_factor_f($0, $1, $2, $3, $4, $5) }))
}
