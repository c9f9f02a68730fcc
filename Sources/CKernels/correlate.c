#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define VECTOR_BYTES 64
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

#define TEMPLATE "templates/correlate.h"
#include "precisions.h"
