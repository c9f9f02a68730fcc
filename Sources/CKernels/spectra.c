#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define PRODUCT(real, sign, op)                                                                    \
  for (size_t i = 0; i < n; i++) {                                                                 \
    const real ar = a[2 * i], ai = a[2 * i + 1], br = b[2 * i], bi = sign b[2 * i + 1];            \
    out[2 * i] op ar * br - ai * bi;                                                               \
    out[2 * i + 1] op ar * bi + ai * br;                                                           \
  }

#define MULTIPLY(name, real)                                                                       \
  FOR_EACH_CPU void name(size_t n, int conjugates, int adds, const real *restrict a,               \
                         const real *restrict b, real *restrict out) {                             \
    if (conjugates && adds) PRODUCT(real, -, +=)                                                   \
    else if (conjugates) PRODUCT(real, -, =)                                                       \
    else if (adds) PRODUCT(real, +, +=)                                                            \
    else PRODUCT(real, +, =)                                                                       \
  }

MULTIPLY(kernel_multiply_spectra_f, float)
MULTIPLY(kernel_multiply_spectra_d, double)

#define LARGEST(name, real, bits, infinite)                                                        \
  FOR_EACH_CPU real name(size_t n, const real *x) {                                                \
    bits largest = 0;                                                                              \
    for (size_t i = 0; i < n; i++) {                                                               \
      bits pattern;                                                                                \
      memcpy(&pattern, x + i, sizeof pattern);                                                     \
      pattern &= ((bits)-1) >> 1;                                                                  \
      largest = pattern > largest ? pattern : largest;                                             \
    }                                                                                              \
    if (largest >= infinite) return (real)INFINITY;                                                \
    real result;                                                                                   \
    memcpy(&result, &largest, sizeof result);                                                      \
    return result;                                                                                 \
  }

LARGEST(kernel_largest_magnitude_f, float, uint32_t, UINT32_C(0x7F800000))
LARGEST(kernel_largest_magnitude_d, double, uint64_t, UINT64_C(0x7FF0000000000000))
