#include <math.h>

#include "CKernels.h"
#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define VECTOR_BYTES 64
#define MAX_CLASSES 5
#define MAX_ROWS 4
#define MAX_VECTORS 4
/* Rows are short and follow each other, which the CPU's own prefetching does not see early enough. */
#define ROWS_AHEAD (2 * MAX_ROWS)

#define TEMPLATE "templates/thin.h"
#include "precisions.h"
