#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define TEMPLATE "templates/tiles.h"
#include "precisions.h"
