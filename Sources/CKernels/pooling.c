#include "CKernels.h"
#include "dispatch.h"
#include <string.h>

#define REAL float
#define NAME(stem) stem##_f
#include "templates/pooling.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(stem) stem##_d
#include "templates/pooling.h"
#undef REAL
#undef NAME
