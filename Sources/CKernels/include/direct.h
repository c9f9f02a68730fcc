#ifndef DIRECT_H
#define DIRECT_H

#include <stddef.h>

/* The weights [height, width] of a kernel that meet one phase of a strided image: weight (u, v) of the output (y, x)
   meets the image's row y*row_stride + first_row + u*tap_row_step and, `offset` after the row's beginning, its column
   x + v*tap_step. Without a stride there is one phase, the whole kernel. */
typedef struct {
  ptrdiff_t first_row, offset, height, width;
} direct_phase;

/* A bank of F kernels at work on images [C, H, W]. Strides, steps and offsets count elements, or rows where they say
   so. Row p begins at rows[p] in the plane of its channel; one with rows[p] < 0 consists of zeros and is left out.
   Neighbouring weights of a column lie tap_row_step rows apart; the outputs that share these rows with y are
   y + n*output_row_step. */
typedef struct {
  ptrdiff_t channels, filters, phase_count;
  const direct_phase *phases;
  const ptrdiff_t *rows;
  ptrdiff_t row_stride, tap_row_step, tap_step, input_plane_stride, input_image_stride;
  ptrdiff_t images, output_height, output_width, output_row_step;
  ptrdiff_t output_row_stride, output_plane_stride, output_image_stride;
} direct_shape;

/* Packed kernels: filters in groups of DIRECT_GROUP, [C, phases, height, width, group] each, the rest one by one as
   [C, phases, height, width]. */
#define DIRECT_GROUP 4

/* out[n,f,y,x] = sum over c,u,v of in[n, c, row y*row_stride + ..., column x + ...] * w[f,c,u,v] */
void kernel_direct_f(const direct_shape *s, const float *in, const float *packed, float *out);
void kernel_direct_d(const direct_shape *s, const double *in, const double *packed, double *out);

/* sums[f,c,u,v] += sum over n,y,x of out[n,f,y,x] * in[n, c, row y*row_stride + ..., column x + ...], the kernels packed
   one by one. The width is a whole number of the longest vectors; all samples under it must be finite. */
void kernel_direct_gradient_f(const direct_shape *s, const float *in, const float *out, float *sums);
void kernel_direct_gradient_d(const direct_shape *s, const double *in, const double *out, double *sums);

#endif
