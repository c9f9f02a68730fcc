#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

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
