#include "CKernels.h"
#include "dispatch.h"
#include <math.h>

#define REAL float
#define NAME(stem) stem##_f
#define EXP expf
#define TANH tanhf
#include "templates/activations.h"
#undef REAL
#undef NAME
#undef EXP
#undef TANH

#define REAL double
#define NAME(stem) stem##_d
#define EXP exp
#define TANH tanh
#include "templates/activations.h"
#undef REAL
#undef NAME
#undef EXP
#undef TANH
