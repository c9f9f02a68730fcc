/* Includes the file TEMPLATE once per precision, with REAL, NAME for the names that end in _f and _d, PATTERN for the
   unsigned integers of that size, and the functions of <math.h> in that precision. */

#include <stdint.h>

#define REAL float
#define PATTERN uint32_t
#define NAME(stem) stem##_f
#define EXP expf
#define LOG logf
#define TANH tanhf
#define ERF erff
#define SQRT sqrtf
#include TEMPLATE
#undef REAL
#undef PATTERN
#undef NAME
#undef EXP
#undef LOG
#undef TANH
#undef ERF
#undef SQRT

#define REAL double
#define PATTERN uint64_t
#define NAME(stem) stem##_d
#define EXP exp
#define LOG log
#define TANH tanh
#define ERF erf
#define SQRT sqrt
#include TEMPLATE
#undef REAL
#undef PATTERN
#undef NAME
#undef EXP
#undef LOG
#undef TANH
#undef ERF
#undef SQRT
