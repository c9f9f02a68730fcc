#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

/* Loops that need the CPU's own vector width. Each is compiled for AVX-512, AVX2 and the baseline of x86-64 and
   chosen when the program starts; elsewhere it is compiled once. The suffix is the precision: f Float, d Double. */

/* y += a * x */
void kernel_axpy_f(size_t n, float a, const float *x, float *y);
void kernel_axpy_d(size_t n, double a, const double *x, double *y);

/* sum of x * y, in an order that depends on n alone */
float kernel_dot_f(size_t n, const float *x, const float *y);
double kernel_dot_d(size_t n, const double *x, const double *y);

#endif
