internal import CFFTW
internal import CKernels
private import Foundation
public import Tensors

extension Double: SpectralScalar {
  /// FFTW's `fftw_` functions and the C loops with suffix `d`.
  public static var spectralFunctions: SpectralFunctions<Double> { functions }

  private static let functions = SpectralFunctions<Double>(
    transforms: TransformLibrary(
      plan: { request, flags, real, complex, spectrum in
        request.withDimensions { rank, dimensions, loopRank, loops in
          let complex = complex.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: fftw_complex.self) }
          let spectrum = UnsafeMutableRawPointer(spectrum).assumingMemoryBound(to: fftw_complex.self)
          return switch request.kind {
          case .cosineForward, .cosineBackward:
            fftw_plan_guru64_r2r(
              rank, dimensions, loopRank, loops, real,
              UnsafeMutableRawPointer(spectrum).assumingMemoryBound(to: Double.self),
              request.cosineKinds, flags)
          case .realForward:
            fftw_plan_guru64_dft_r2c(rank, dimensions, loopRank, loops, real, spectrum, flags)
          case .realBackward:
            fftw_plan_guru64_dft_c2r(rank, dimensions, loopRank, loops, spectrum, real, flags)
          case .forward:
            fftw_plan_guru64_dft(rank, dimensions, loopRank, loops, complex, spectrum, FFTW_FORWARD, flags)
          case .backward:
            fftw_plan_guru64_dft(rank, dimensions, loopRank, loops, complex, spectrum, FFTW_BACKWARD, flags)
          }
        }
      },
      executeReal: { fftw_execute_r2r($0, $1, $2) },
      executeRealForward: { plan, input, output in
        fftw_execute_dft_r2c(
          plan, input, UnsafeMutableRawPointer(output).assumingMemoryBound(to: fftw_complex.self))
      },
      executeRealBackward: { plan, input, output in
        fftw_execute_dft_c2r(
          plan, UnsafeMutableRawPointer(input).assumingMemoryBound(to: fftw_complex.self), output)
      },
      executeComplex: { plan, input, output in
        fftw_execute_dft(
          plan, UnsafeMutableRawPointer(input).assumingMemoryBound(to: fftw_complex.self),
          UnsafeMutableRawPointer(output).assumingMemoryBound(to: fftw_complex.self))
      },
      destroy: { fftw_destroy_plan($0) },
      exportWisdom: {
        let text = fftw_export_wisdom_to_string()
        defer { free(text) }
        return text.map { String(cString: $0) } ?? ""
      },
      importWisdom: { fftw_import_wisdom_from_string($0) != 0 },
      forgetWisdom: { fftw_forget_wisdom() }),
    loops: ConvolutionLoops(
      direct: { kernel_direct_d($0, $1, $2, $3) },
      extend: { kernel_extend_d($0, $1, $2) },
      fold: { kernel_fold_d($0, $1, $2) },
      directGradient: { kernel_direct_gradient_d($0, $1, $2, $3) },
      gatherColumns: { kernel_gather_columns_d($0, $1, $2, $3, $4, $5) },
      scatterColumns: { kernel_scatter_columns_d($0, $1, $2, $3, $4, $5) },
      largestMagnitude: { kernel_largest_magnitude_d($0, $1) }),
    tiles: TileLoops(
      rowsToHalfSpectra: { kernel_rows_to_half_spectra_d($0, $1, $2, $3, $4) },
      halfSpectraToRows: { kernel_half_spectra_to_rows_d($0, $1, $2, $3, $4) },
      interleave: { kernel_interleave_d($0, $1, $2, $3, $4, $5) },
      pick: { kernel_pick_d($0, $1, $2, $3, $4) },
      multiplySwapped: { kernel_multiply_swapped_d($0, $1, $2, $3, $4, $5) }),
    banks: BankLoops(
      multiplyBanks: { kernel_multiply_banks_d($0, $1, $2, $3, $4, $5) },
      packPair: { kernel_pack_pair_d($0, $1, $2, $3, $4) },
      unpackPair: { kernel_unpack_pair_d($0, $1, $2, $3, $4, $5) },
      packPlane: { kernel_pack_plane_d($0, $1, $2) },
      unpackPlane: { kernel_unpack_plane_d($0, $1, $2, $3) },
      placeWeights: { kernel_place_weights_d($0, $1, $2) },
      collectWeights: { kernel_collect_weights_d($0, $1, $2, $3) },
      copyBlocks: { kernel_copy_blocks_d($0, $1, $2, $3, $4) },
      winogradSamples: { kernel_winograd_samples_d($0, $1, $2) },
      winogradSamplesAdjoint: { kernel_winograd_samples_adjoint_d($0, $1, $2) },
      winogradOutputs: { kernel_winograd_outputs_d($0, $1, $2) },
      winogradOutputsAdjoint: { kernel_winograd_outputs_adjoint_d($0, $1, $2) },
      winogradWeights: { kernel_winograd_weights_d($0, $1, $2, $3) },
      winogradWeightsAdjoint: { kernel_winograd_weights_adjoint_d($0, $1, $2, $3) }),
    lanes: LaneLoops(
      gather: { kernel_lane_gather_d($0, $1, $2, $3, $4, $5) },
      scatter: { kernel_lane_scatter_d($0, $1, $2, $3) },
      columns: { kernel_lane_columns_d($0, $1, $2 ? 1 : 0, $3, $4, $5, $6) },
      realRows: { kernel_lane_real_rows_d($0, $1, $2, $3, $4, $5) },
      modulusRows: { kernel_lane_modulus_rows_d($0, $1, $2, $3, $4, $5) },
      filter: { kernel_lane_filter_d($0, $1, $2, $3, $4, $5) },
      average: { kernel_lane_average_d($0, $1, $2, $3, $4, $5) },
      rowsToLanes: { kernel_rows_to_lanes_d($0, $1, $2, $3, $4) },
      lanesToRows: { kernel_lanes_to_rows_d($0, $1, $2, $3, $4) },
      applyFactor: { kernel_apply_factor_d($0, $1, $2, $3, $4, $5) }))
}
