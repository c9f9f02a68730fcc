#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

#include "banks.h"
#include "direct.h"
#include "extension.h"
#include "factors.h"
#include "lanes.h"
#include "layers.h"
#include "training.h"
#include "winograd.h"

/* Loops that need the CPU's own vector width. Each is compiled for AVX-512, AVX2 and the baseline of x86-64 and
   chosen when the program starts; elsewhere it is compiled once. The suffix is the precision: f Float, d Double. */

/* y += a * x */
void kernel_axpy_f(size_t n, float a, const float *x, float *y);
void kernel_axpy_d(size_t n, double a, const double *x, double *y);

/* sum of x * y, in an order that depends on n alone */
float kernel_dot_f(size_t n, const float *x, const float *y);
double kernel_dot_d(size_t n, const double *x, const double *y);

/* A bank of F kernels [C, kh, kw] on an image [C, H, W] that already has its padding. Strides count elements. */
typedef struct {
  ptrdiff_t input_channels, output_channels, kernel_height, kernel_width, stride_y, stride_x, dilation_y, dilation_x;
  ptrdiff_t input_row_stride, input_plane_stride;
  ptrdiff_t output_height, output_width, output_row_stride, output_plane_stride;
} correlate_shape;

/* The windows of `count` output positions from `first` on, as columns of a matrix of C*kh*kw rows that are
   `columns_stride` apart; and its adjoint, which adds the columns to the image. */
void kernel_gather_columns_f(const correlate_shape *s, const float *in, ptrdiff_t first, ptrdiff_t count, float *columns,
                             ptrdiff_t columns_stride);
void kernel_gather_columns_d(const correlate_shape *s, const double *in, ptrdiff_t first, ptrdiff_t count,
                             double *columns, ptrdiff_t columns_stride);
void kernel_scatter_columns_f(const correlate_shape *s, const float *columns, ptrdiff_t columns_stride, ptrdiff_t first,
                              ptrdiff_t count, float *in);
void kernel_scatter_columns_d(const correlate_shape *s, const double *columns, ptrdiff_t columns_stride,
                              ptrdiff_t first, ptrdiff_t count, double *in);

/* Eight rows of n complex numbers, n a multiple of 16, each the transform of real + i*imaginary of two real rows: to twice
   the half spectra of those sixteen, as n/2 + 1 columns of sixteen. And back, from columns whose numbers have real and
   imaginary part exchanged to rows that have, without the factor. Pitches count complex numbers; the place behind each
   row is used. */
void kernel_rows_to_half_spectra_f(ptrdiff_t n, float *rows, ptrdiff_t row_pitch, float *columns,
                                   ptrdiff_t column_pitch);
void kernel_rows_to_half_spectra_d(ptrdiff_t n, double *rows, ptrdiff_t row_pitch, double *columns,
                                   ptrdiff_t column_pitch);
void kernel_half_spectra_to_rows_f(ptrdiff_t n, const float *columns, ptrdiff_t column_pitch, float *rows,
                                   ptrdiff_t row_pitch);
void kernel_half_spectra_to_rows_d(ptrdiff_t n, const double *columns, ptrdiff_t column_pitch, double *rows,
                                   ptrdiff_t row_pitch);

/* out = real + i*imaginary for `count` of n complex numbers from `first` on, and zeros before and after, a null pointer
   standing for zeros; returns the largest magnitude of these numbers, infinity when one is not finite */
float kernel_interleave_f(ptrdiff_t n, ptrdiff_t first, ptrdiff_t count, const float *real, const float *imaginary,
                          float *out);
double kernel_interleave_d(ptrdiff_t n, ptrdiff_t first, ptrdiff_t count, const double *real, const double *imaginary,
                           double *out);

/* out[i] = in[step * i] for i < n; with a step of 2 and `streams` past the caches, which kernel_finish_streams ends before
   another thread reads the result. Reads step * n numbers. */
void kernel_pick_f(ptrdiff_t n, const float *in, ptrdiff_t step, int streams, float *out);
void kernel_pick_d(ptrdiff_t n, const double *in, ptrdiff_t step, int streams, double *out);
void kernel_finish_streams(void);

/* out = a*b for n complex numbers, or a*conj(b) with `conjugates`, or out += with `adds`, with real and imaginary part
   exchanged: the forward transform of that is the backward transform of the product, exchanged again */
void kernel_multiply_swapped_f(ptrdiff_t n, int conjugates, int adds, const float *a, const float *b, float *out);
void kernel_multiply_swapped_d(ptrdiff_t n, int conjugates, int adds, const double *a, const double *b, double *out);

/* ask for memory that will be read soon, or written, and do not wait for it */
void kernel_fetch(ptrdiff_t bytes, const void *memory);
void kernel_claim(ptrdiff_t bytes, const void *memory);

/* the largest absolute value, infinity when an element is not finite */
float kernel_largest_magnitude_f(size_t n, const float *x);
double kernel_largest_magnitude_d(size_t n, const double *x);

/* Products with a matrix of few rows, which a general product spends more time packing than multiplying.
   x is [rows, columns], contiguous; w and g are [classes, columns] with a stride; z and p are [rows, classes].
   scores: z += x * transpose(w); gradient: g += transpose(p) * x; sums in an order that depends on the sizes alone. */
void kernel_thin_scores_f(size_t rows, size_t columns, size_t classes, const float *x, const float *w, size_t w_stride,
                          float *z);
void kernel_thin_scores_d(size_t rows, size_t columns, size_t classes, const double *x, const double *w,
                          size_t w_stride, double *z);
void kernel_thin_gradient_f(size_t rows, size_t columns, size_t classes, const float *x, const float *p, float *g,
                            size_t g_stride);
void kernel_thin_gradient_d(size_t rows, size_t columns, size_t classes, const double *x, const double *p, double *g,
                            size_t g_stride);

/* The sum of -w log p of each row's label, p being the softmax of its scores z [rows, classes] and w its weight, 1
   where `weights` is null. z becomes the gradient w (p - 1 at the label), the curvatures w (1 - sum of p^2) / (classes -
   1), with a sum of squares of at most 1 - 10^-9. */
double kernel_multinomial_slopes_d(size_t rows, size_t classes, double *z, const ptrdiff_t *labels,
                                   const double *weights, double *curvatures);

/* Lets the C library keep freed memory for the next allocation: blocks of at most `largest` bytes (no more than 32 MiB),
   `total` bytes of them. By itself it gives anything beyond 128 KiB back to the system. Returns 0 where it cannot. */
int keep_freed_memory(size_t largest, size_t total);

/* The processor that runs the calling thread, and the system's number of that thread; -1 where the system does not say. */
int current_processor(void);
int current_thread(void);

/* Lets a thread run on all processors that the calling thread may use but one. Returns 0 where it cannot. */
int keep_thread_off(int thread, int processor);

#endif
