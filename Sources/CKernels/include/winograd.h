#ifndef WINOGRAD_H
#define WINOGRAD_H

#include <stddef.h>

/* Tiles of `tile` x `tile` outputs, tile = 2 or 4, `rows` x `columns` of them in each of `images`, on planes of
   `channels` whose strides count elements. As matrices, tile t of channel c is column t of row c in each of
   (tile + 2)^2 matrices [channels, stride]; `stride` is a whole number of vectors of WINOGRAD_BYTES. */
typedef struct {
  ptrdiff_t tile, images, rows, columns, channels, image_stride, plane_stride, row_stride, stride;
} winograd_tiles;

#define WINOGRAD_BYTES 64

/* matrices = transpose(B) d B of the (tile + 2)^2 samples of each tile; and its adjoint, which adds to the samples */
void kernel_winograd_samples_f(const winograd_tiles *s, const float *samples, float *matrices);
void kernel_winograd_samples_d(const winograd_tiles *s, const double *samples, double *matrices);
void kernel_winograd_samples_adjoint_f(const winograd_tiles *s, const float *matrices, float *samples);
void kernel_winograd_samples_adjoint_d(const winograd_tiles *s, const double *matrices, double *samples);

/* outputs = transpose(A) m A of each tile; and its adjoint */
void kernel_winograd_outputs_f(const winograd_tiles *s, const float *matrices, float *outputs);
void kernel_winograd_outputs_d(const winograd_tiles *s, const double *matrices, double *outputs);
void kernel_winograd_outputs_adjoint_f(const winograd_tiles *s, const float *outputs, float *matrices);
void kernel_winograd_outputs_adjoint_d(const winograd_tiles *s, const double *outputs, double *matrices);

/* matrices = G g transpose(G) of 3x3 kernels, one element of each of (tile + 2)^2 matrices per kernel; and its adjoint,
   which adds to the kernels */
void kernel_winograd_weights_f(ptrdiff_t tile, ptrdiff_t kernels, const float *weights, float *matrices);
void kernel_winograd_weights_d(ptrdiff_t tile, ptrdiff_t kernels, const double *weights, double *matrices);
void kernel_winograd_weights_adjoint_f(ptrdiff_t tile, ptrdiff_t kernels, const float *matrices, float *weights);
void kernel_winograd_weights_adjoint_d(ptrdiff_t tile, ptrdiff_t kernels, const double *matrices, double *weights);

#endif
