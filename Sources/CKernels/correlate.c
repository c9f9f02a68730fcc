#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define VECTOR_BYTES 64
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

#define REAL float
#define NAME(base) base##_f
#include "correlate_template.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(base) base##_d
#include "correlate_template.h"
