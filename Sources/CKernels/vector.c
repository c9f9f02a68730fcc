#include "CKernels.h"
#include "dispatch.h"

#define AXPY(name, real)                                                  \
  FOR_EACH_CPU void name(size_t n, real a, const real *x, real *y) {      \
    for (size_t i = 0; i < n; i++) y[i] += a * x[i];                      \
  }

#define DOT(name, real)                                                   \
  FOR_EACH_CPU real name(size_t n, const real *x, const real *y) {        \
    _Pragma("clang fp reassociate(on)") real sum = 0;                     \
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];                    \
    return sum;                                                           \
  }

AXPY(kernel_axpy_f, float)
AXPY(kernel_axpy_d, double)
DOT(kernel_dot_f, float)
DOT(kernel_dot_d, double)
