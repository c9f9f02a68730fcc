/* Transposes between images and lanes, and sparse factors on lanes, for one REAL. Included once per precision. */

#define VEC NAME(factor_vec)
#define LOOSE NAME(factor_loose_vec)
#define LANES ((ptrdiff_t)(LANE_BYTES / sizeof(REAL)))
typedef REAL VEC __attribute__((vector_size(LANE_BYTES)));
typedef REAL LOOSE __attribute__((vector_size(LANE_BYTES), aligned(sizeof(REAL)), may_alias));

/* Taking the numbers of vectors i and i + LANES/2 in turns rotates the bits of (row, column) by one; after half of the
   bits rows are columns. */
INLINE void NAME(transpose_lanes)(VEC *v) {
  UNROLL for (ptrdiff_t round = 1; round < LANES; round *= 2) {
    VEC w[LANES];
    UNROLL for (ptrdiff_t i = 0; i < LANES / 2; i++) {
      w[2 * i] = NAME(LOW)(v[i], v[i + LANES / 2]);
      w[2 * i + 1] = NAME(HIGH)(v[i], v[i + LANES / 2]);
    }
    UNROLL for (ptrdiff_t i = 0; i < LANES; i++) v[i] = w[i];
  }
}

FOR_EACH_CPU void NAME(kernel_rows_to_lanes)(ptrdiff_t n, const REAL *restrict rows, ptrdiff_t pitch,
                                             const int32_t *restrict places, REAL *restrict slots) {
  ptrdiff_t j = 0;
  for (; j + LANES <= n; j += LANES) {
    VEC v[LANES];
    UNROLL for (ptrdiff_t i = 0; i < LANES; i++) v[i] = *(const LOOSE *)(rows + i * pitch + j);
    NAME(transpose_lanes)(v);
    UNROLL for (ptrdiff_t i = 0; i < LANES; i++) *(VEC *)(slots + places[j + i] * LANES) = v[i];
  }
  for (; j < n; j++)
    for (ptrdiff_t i = 0; i < LANES; i++) slots[places[j] * LANES + i] = rows[i * pitch + j];
}

FOR_EACH_CPU void NAME(kernel_lanes_to_rows)(ptrdiff_t n, const REAL *restrict slots, const int32_t *restrict places,
                                             REAL *restrict rows, ptrdiff_t pitch) {
  ptrdiff_t j = 0;
  for (; j + LANES <= n; j += LANES) {
    VEC v[LANES];
    UNROLL for (ptrdiff_t i = 0; i < LANES; i++) v[i] = *(const VEC *)(slots + places[j + i] * LANES);
    NAME(transpose_lanes)(v);
    UNROLL for (ptrdiff_t i = 0; i < LANES; i++) *(LOOSE *)(rows + i * pitch + j) = v[i];
  }
  for (; j < n; j++)
    for (ptrdiff_t i = 0; i < LANES; i++) rows[i * pitch + j] = slots[places[j] * LANES + i];
}

/* `count` vectors of one row of the product, which lie so far apart. */
INLINE void NAME(factor_vectors)(ptrdiff_t entries, const int32_t *columns, const REAL *weights, const REAL *in,
                                 ptrdiff_t step, ptrdiff_t in_gap, REAL *out, ptrdiff_t out_gap, const int count) {
  VEC sum[4];
  UNROLL for (int i = 0; i < count; i++) sum[i] = (VEC){0};
  for (ptrdiff_t k = 0; k < entries; k++) {
    const REAL *x = in + columns[k] * step;
    UNROLL for (int i = 0; i < count; i++) sum[i] += weights[k] * *(const LOOSE *)(x + i * in_gap);
  }
  UNROLL for (int i = 0; i < count; i++) *(LOOSE *)(out + i * out_gap) = sum[i];
}

/* All rows of the product, `vectors` of each. */
INLINE void NAME(factor_rows)(const axis_factor *f, const int32_t *starts, const int32_t *columns, const REAL *weights,
                              const REAL *in, ptrdiff_t in_gap, REAL *out, ptrdiff_t out_gap, ptrdiff_t vectors) {
  for (ptrdiff_t r = 0; r < f->rows; r++) {
    const ptrdiff_t first = starts[r], entries = starts[r + 1] - first;
    REAL *y = out + r * f->out_step;
    ptrdiff_t i = 0;
    for (; i + 4 <= vectors; i += 4)
      NAME(factor_vectors)(entries, columns + first, weights + first, in + i * in_gap, f->in_step, in_gap,
                           y + i * out_gap, out_gap, 4);
    for (; i < vectors; i++)
      NAME(factor_vectors)(entries, columns + first, weights + first, in + i * in_gap, f->in_step, in_gap,
                           y + i * out_gap, out_gap, 1);
  }
}

FOR_EACH_CPU void NAME(kernel_apply_factor)(const axis_factor *f, const int32_t *starts, const int32_t *columns,
                                            const REAL *weights, const REAL *restrict in, REAL *restrict out) {
  if (f->run == LANES) {
    NAME(factor_rows)(f, starts, columns, weights, in, f->in_outer, out, f->out_outer, f->outer);
    return;
  }
  for (ptrdiff_t o = 0; o < f->outer; o++) {
    const REAL *x = in + o * f->in_outer;
    REAL *y = out + o * f->out_outer;
    NAME(factor_rows)(f, starts, columns, weights, x, LANES, y, LANES, f->run / LANES);
    for (ptrdiff_t r = 0; r < f->rows; r++)
      for (ptrdiff_t i = f->run / LANES * LANES; i < f->run; i++) {
        REAL sum = 0;
        for (ptrdiff_t k = starts[r]; k < starts[r + 1]; k++) sum += weights[k] * x[columns[k] * f->in_step + i];
        y[r * f->out_step + i] = sum;
      }
  }
}

#undef VEC
#undef LOOSE
#undef LANES
