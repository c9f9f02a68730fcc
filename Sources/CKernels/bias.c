#include "CKernels.h"
#include "dispatch.h"

#define REAL float
#define NAME(stem) stem##_f
#include "templates/bias.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(stem) stem##_d
#include "templates/bias.h"
#undef REAL
#undef NAME
