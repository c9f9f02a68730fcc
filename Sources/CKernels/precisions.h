/* Includes the file TEMPLATE once per precision, with REAL, NAME for the names that end in _f and _d, and the functions
   of <math.h> in that precision. */

#define REAL float
#define NAME(stem) stem##_f
#define EXP expf
#define LOG logf
#define TANH tanhf
#define ERF erff
#define SQRT sqrtf
#include TEMPLATE
#undef REAL
#undef NAME
#undef EXP
#undef LOG
#undef TANH
#undef ERF
#undef SQRT

#define REAL double
#define NAME(stem) stem##_d
#define EXP exp
#define LOG log
#define TANH tanh
#define ERF erf
#define SQRT sqrt
#include TEMPLATE
#undef REAL
#undef NAME
#undef EXP
#undef LOG
#undef TANH
#undef ERF
#undef SQRT
