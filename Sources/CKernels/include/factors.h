#ifndef FACTORS_H
#define FACTORS_H

#include <stddef.h>
#include <stdint.h>

/* Fast transforms as products of sparse matrices, on images that lie in lanes (lanes.h) or one by one. */

/* slots[places[j]] = the numbers j of as many rows as there are lanes, `pitch` apart, for j below n; and back. */
void kernel_rows_to_lanes_f(ptrdiff_t n, const float *rows, ptrdiff_t pitch, const int32_t *places, float *slots);
void kernel_rows_to_lanes_d(ptrdiff_t n, const double *rows, ptrdiff_t pitch, const int32_t *places, double *slots);
void kernel_lanes_to_rows_f(ptrdiff_t n, const float *slots, const int32_t *places, float *rows, ptrdiff_t pitch);
void kernel_lanes_to_rows_d(ptrdiff_t n, const double *slots, const int32_t *places, double *rows, ptrdiff_t pitch);

/* A sparse matrix along one axis: out[o, r, i] = sum of weights[k] * in[o, columns[k], i] for the entries k from starts[r]
   to before starts[r + 1], with o below `outer`, r below `rows`, and i below `run`, which lie one after the other. */
typedef struct {
  ptrdiff_t rows, outer, run, in_outer, in_step, out_outer, out_step;
} axis_factor;

void kernel_apply_factor_f(const axis_factor *f, const int32_t *starts, const int32_t *columns, const float *weights,
                           const float *in, float *out);
void kernel_apply_factor_d(const axis_factor *f, const int32_t *starts, const int32_t *columns, const double *weights,
                           const double *in, double *out);

#endif
