#ifndef BANKS_H
#define BANKS_H

#include <stddef.h>

/* Spectra lie in blocks of so many bytes, at whose boundaries they start. */
#define SPECTRAL_BLOCK_BYTES 64

/* How far apart, in elements, an operand's items, the terms of a sum, and blocks of frequencies are. */
typedef struct {
  ptrdiff_t item, term, block;
} spectral_operand;

/* In every frequency the complex matrix product out[i,j] = sum over t of a[i,t] * b[j,t], or * conj(b[j,t]) with
   `conjugates`; or out += with `adds`. */
typedef struct {
  ptrdiff_t rows, columns, terms;
  spectral_operand a, b;
  ptrdiff_t out_row, out_column, out_block;
  int conjugates, adds;
} spectral_product;

/* The product in the blocks of frequencies from `first` to before `last`. */
void kernel_multiply_banks_f(
    const spectral_product *s, ptrdiff_t first, ptrdiff_t last, const float *a, const float *b, float *out);
void kernel_multiply_banks_d(
    const spectral_product *s, ptrdiff_t first, ptrdiff_t last, const double *a, const double *b, double *out);

/* Items [rows, columns], `row_stride` and `step` apart in an image, at the origin of a grid of so many rows and columns,
   whose rest is zero. */
typedef struct {
  ptrdiff_t rows, columns, row_stride, step, grid_rows, grid_columns;
} grid_items;

/* Two images as real and imaginary parts of a grid of complex numbers, the second with a factor, and back with a factor
   each; b may be null. */
void kernel_pack_pair_f(const grid_items *s, const float *a, const float *b, float b_scale, float *grid);
void kernel_pack_pair_d(const grid_items *s, const double *a, const double *b, double b_scale, double *grid);
void kernel_unpack_pair_f(
    const grid_items *s, const float *grid, float a_scale, float b_scale, float *a, float *b);
void kernel_unpack_pair_d(
    const grid_items *s, const double *grid, double a_scale, double b_scale, double *a, double *b);

/* One image on a grid of real numbers, and back with a factor. */
void kernel_pack_plane_f(const grid_items *s, const float *a, float *grid);
void kernel_pack_plane_d(const grid_items *s, const double *a, double *grid);
void kernel_unpack_plane_f(const grid_items *s, const float *grid, float scale, float *a);
void kernel_unpack_plane_d(const grid_items *s, const double *grid, double scale, double *a);

/* Some of the weights of a kernel on a grid: row `row_items[i]` in row `row_places[i]`, and so for columns; the elements
   of the grid are `grid_step` apart. */
typedef struct {
  ptrdiff_t rows, columns, weight_columns, grid_rows, grid_columns, grid_step;
  const ptrdiff_t *row_items, *row_places, *column_items, *column_places;
} weight_places;

/* grid = the sum of the weights at each place; and weights += scale * grid at their places */
void kernel_place_weights_f(const weight_places *s, const float *weights, float *grid);
void kernel_place_weights_d(const weight_places *s, const double *weights, double *grid);
void kernel_collect_weights_f(const weight_places *s, const float *grid, float scale, float *weights);
void kernel_collect_weights_d(const weight_places *s, const double *grid, double scale, double *weights);

/* Copies blocks of SPECTRAL_BLOCK_BYTES that are so many elements apart. */
void kernel_copy_blocks_f(ptrdiff_t blocks, const float *from, ptrdiff_t from_stride, float *to, ptrdiff_t to_stride);
void kernel_copy_blocks_d(ptrdiff_t blocks, const double *from, ptrdiff_t from_stride, double *to, ptrdiff_t to_stride);

#endif
