#include "extension.h"

#include <string.h>

#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

#define TEMPLATE "templates/extension.h"
#include "precisions.h"
