#ifndef EXTENSION_H
#define EXTENSION_H

#include <stddef.h>

/* `count` neighbours of an extended row from `target` on: copies of the samples source, source + step, ... of the row;
   zeros where source < 0. */
typedef struct {
  ptrdiff_t target, count, source, step;
} extension_run;

/* Images of planes of samples and their extension. Extended row i is made of row rows[i]; one with rows[i] < 0 consists of
   zeros, which are written when `writes_zero_rows` is set. Strides count elements. */
typedef struct {
  ptrdiff_t images, planes, row_count, run_count, image_stride, row_stride, plane_stride;
  ptrdiff_t extended_image_stride, extended_row_stride, extended_plane_stride;
  const ptrdiff_t *rows;
  const extension_run *runs;
  int writes_zero_rows;
} extension_shape;

/* Extends images; and its adjoint for one image, which adds every extended element to the sample that it is a copy of. */
void kernel_extend_f(const extension_shape *s, const float *images, float *extended);
void kernel_extend_d(const extension_shape *s, const double *images, double *extended);
void kernel_fold_f(const extension_shape *s, const float *extended, float *planes);
void kernel_fold_d(const extension_shape *s, const double *extended, double *planes);

#endif
