#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

#define TEMPLATE "templates/spectral_product.h"
#include "precisions.h"
#undef TEMPLATE
#define TEMPLATE "templates/pairs.h"
#include "precisions.h"
