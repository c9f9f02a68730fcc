#ifndef LANES_H
#define LANES_H

#include <stddef.h>
#include <stdint.h>

/* Many small images at once, one in each lane of a vector of so many bytes. "A number" below is such a vector; a complex
   number is two, the real parts first. Arrays start at a multiple of LANE_BYTES. */
#define LANE_BYTES 64

/* A Fourier transform of `count` points in passes of the given radices, whose product is `count`. Its roots are the
   complex numbers exp(-2 pi i t / count), t = 0...count - 1. */
typedef struct {
  ptrdiff_t count, passes;
  const ptrdiff_t *radices;
} lane_transform;

/* out[p] = pixel sources[p] of the images, or 0 for a negative place; image l, `image_stride` further, goes to lane l, and
   lanes beyond the `images` are 0. */
void kernel_lane_gather_f(
    ptrdiff_t count, const ptrdiff_t *sources, const float *pixels, ptrdiff_t image_stride, ptrdiff_t images, float *out);
void kernel_lane_gather_d(
    ptrdiff_t count, const ptrdiff_t *sources, const double *pixels, ptrdiff_t image_stride, ptrdiff_t images, double *out);

/* Its reverse: lane l of the `count` numbers becomes row l of [images, count]. */
void kernel_lane_scatter_f(ptrdiff_t count, const float *in, ptrdiff_t images, float *rows);
void kernel_lane_scatter_d(ptrdiff_t count, const double *in, ptrdiff_t images, double *rows);

/* Transforms the columns of complex [t->count, columns], forward or with `inverse` backward, both without a factor.
   Scratch takes 8 * t->count complex numbers. */
void kernel_lane_columns_f(const lane_transform *t, const float *roots, int inverse, ptrdiff_t columns, const float *in,
                           float *out, float *scratch);
void kernel_lane_columns_d(const lane_transform *t, const double *roots, int inverse, ptrdiff_t columns, const double *in,
                           double *out, double *scratch);

/* The forward transform of each row of real [rows, t->count], as half spectra [rows, t->count / 2 + 1]; and the modulus of
   the backward transform of each row of complex [rows, t->count]. Scratch takes 4 * t->count complex numbers. */
void kernel_lane_real_rows_f(
    const lane_transform *t, const float *roots, ptrdiff_t rows, const float *in, float *out, float *scratch);
void kernel_lane_real_rows_d(
    const lane_transform *t, const double *roots, ptrdiff_t rows, const double *in, double *out, double *scratch);
void kernel_lane_modulus_rows_f(
    const lane_transform *t, const float *roots, ptrdiff_t rows, const float *in, float *out, float *scratch);
void kernel_lane_modulus_rows_d(
    const lane_transform *t, const double *roots, ptrdiff_t rows, const double *in, double *out, double *scratch);

/* out[i] = the sum of weights[t] * in[sources[t]] for t from starts[i] to before starts[i + 1], of complex numbers; a
   source of ~s stands for the conjugate of in[s]. */
void kernel_lane_filter_f(ptrdiff_t count, const int32_t *starts, const int32_t *sources, const float *weights,
                          const float *in, float *out);
void kernel_lane_filter_d(ptrdiff_t count, const int32_t *starts, const int32_t *sources, const double *weights,
                          const double *in, double *out);

/* out = a * in * transpose(b) for real in [rows, columns], a [out_rows, rows] and b [out_columns, columns], whose elements
   are plain numbers. Scratch takes rows * out_columns numbers. */
typedef struct {
  ptrdiff_t rows, columns, out_rows, out_columns;
} lane_average;

void kernel_lane_average_f(
    const lane_average *s, const float *a, const float *b, const float *in, float *out, float *scratch);
void kernel_lane_average_d(
    const lane_average *s, const double *a, const double *b, const double *in, double *out, double *scratch);

#endif
