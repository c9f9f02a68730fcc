#include "direct.h"

#include <string.h>

#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define JOIN(stem, bytes) stem##_##bytes
#define EXPAND(stem, bytes) JOIN(stem, bytes)
#define SIZED(stem) EXPAND(NAME(stem), VECTOR_BYTES)
#define TEMPLATE "templates/direct.h"

/* Blocks by the number of vector registers: ROWS*VECTORS sums of one filter, GROUP_ROWS*GROUP_VECTORS*DIRECT_GROUP of a
   group, and beside them the samples loaded and a weight; a block of a single row of one filter has ROW_VECTORS. */
#define ROWS 4
#define VECTORS (REGISTERS == 32 ? 4 : 3)
#define GROUP_ROWS (REGISTERS == 32 ? 2 : 1)
#define GROUP_VECTORS 3
#define ROW_VECTORS (REGISTERS == 32 ? 8 : 6)
#define GRADIENT_ROWS 4
#define GRADIENT_TAPS (REGISTERS == 32 ? 5 : 2)

#ifdef HAS_CPU_LEVELS
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define VECTOR_BYTES 64
#define REGISTERS 32
#include "precisions.h"
#undef TARGET
#undef VECTOR_BYTES
#undef REGISTERS

#define TARGET __attribute__((target("arch=x86-64-v3")))
#define VECTOR_BYTES 32
#define REGISTERS 16
#include "precisions.h"
#undef TARGET
#undef VECTOR_BYTES
#undef REGISTERS
#endif

#define TARGET
#define VECTOR_BYTES 16
#ifdef __aarch64__
#define REGISTERS 32
#else
#define REGISTERS 16
#endif
#include "precisions.h"

#ifdef HAS_CPU_LEVELS
#define CALL(stem, ...)                                                              \
  if (__builtin_cpu_supports("x86-64-v4")) stem##_64(__VA_ARGS__);                   \
  else if (__builtin_cpu_supports("x86-64-v3")) stem##_32(__VA_ARGS__);              \
  else stem##_16(__VA_ARGS__);
#else
#define CALL(stem, ...) stem##_16(__VA_ARGS__);
#endif

void kernel_direct_f(const direct_shape *s, const float *in, const float *packed, float *out) {
  CALL(kernel_direct_f, s, in, packed, out)
}

void kernel_direct_d(const direct_shape *s, const double *in, const double *packed, double *out) {
  CALL(kernel_direct_d, s, in, packed, out)
}

void kernel_direct_gradient_f(const direct_shape *s, const float *in, const float *out, float *sums) {
  CALL(kernel_direct_gradient_f, s, in, out, sums)
}

void kernel_direct_gradient_d(const direct_shape *s, const double *in, const double *out, double *sums) {
  CALL(kernel_direct_gradient_d, s, in, out, sums)
}
