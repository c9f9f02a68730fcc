#include "CKernels.h"
#include "dispatch.h"
#include <math.h>

#define REAL float
#define NAME(stem) stem##_f
#include "templates/optimizers.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(stem) stem##_d
#include "templates/optimizers.h"
#undef REAL
#undef NAME
