#include "CKernels.h"
#include "dispatch.h"
#include <math.h>

#define REAL float
#define NAME(stem) stem##_f
#define EXP expf
#define LOG logf
#include "templates/cross_entropy.h"
#undef REAL
#undef NAME
#undef EXP
#undef LOG

#define REAL double
#define NAME(stem) stem##_d
#define EXP exp
#define LOG log
#include "templates/cross_entropy.h"
#undef REAL
#undef NAME
#undef EXP
#undef LOG
