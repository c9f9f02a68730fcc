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
      gatherColumns: { kernel_gather_columns_d($0, $1, $2, $3, $4) },
      scatterColumns: { kernel_scatter_columns_d($0, $1, $2, $3, $4) },
      gatherCyclic: { kernel_gather_cyclic_d($0, $1, $2, $3, $4) },
      scatterCyclic: { kernel_scatter_cyclic_d($0, $1, $2) },
      multiplySpectra: { kernel_multiply_spectra_d($0, $1, $2, $3, $4, $5) },
      largestMagnitude: { kernel_largest_magnitude_d($0, $1) }),
    tiles: TileLoops(
      rowsToColumns: { kernel_rows_to_columns_d($0, $1, $2, $3, $4) },
      columnsToRows: { kernel_columns_to_rows_d($0, $1, $2, $3, $4) },
      interleave: { kernel_interleave_d($0, $1, $2, $3) },
      pick: { kernel_pick_d($0, $1, $2, $3) },
      multiplySwapped: { kernel_multiply_swapped_d($0, $1, $2, $3, $4, $5) }))
}
