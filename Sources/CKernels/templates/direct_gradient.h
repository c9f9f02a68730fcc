/* The gradient of a bank of kernels, for one REAL and vectors of VECTOR_BYTES; after direct.h, which see.

   A block is `rows` rows of a kernel times `taps` neighbouring weights in them times `filters` filters, a vector of sums
   each. One vector of gradients per row and filter and one of samples per weight are loaded for rows*filters*taps
   multiply-adds. */

/* What one row of samples adds for the kernel rows `first`..<`last` of a block: kernel row r meets it in output row
   -r*step of `out`. */
INLINE void SIZED(gradient_row)(const direct_shape *s, VEC acc[GRADIENT_ROWS][DIRECT_GROUP][GRADIENT_TAPS],
                                const REAL *in, const REAL *out, const int first, const int last, const int taps,
                                const int filters) {
  const ptrdiff_t step = s->output_row_step * s->output_row_stride;
  for (ptrdiff_t x = 0; x < s->output_width; x += LANES) {
    VEC d[GRADIENT_ROWS][DIRECT_GROUP];
    UNROLL for (int r = first; r < last; r++)
      UNROLL for (int f = 0; f < filters; f++)
        d[r][f] = *(const LOOSE *)(out + f * s->output_plane_stride - r * step + x);
    UNROLL for (int t = 0; t < taps; t++) {
      const VEC samples = *(const LOOSE *)(in + x + t * s->tap_step);
      UNROLL for (int r = first; r < last; r++)
        UNROLL for (int f = 0; f < filters; f++) acc[r][f][t] += d[r][f] * samples;
    }
  }
}

/* All rows of samples that `rows` kernel rows, from row `u` of a phase on, meet in one image. */
INLINE void SIZED(gradient_image)(const direct_shape *s, const direct_phase *phase, ptrdiff_t u,
                                  VEC acc[GRADIENT_ROWS][DIRECT_GROUP][GRADIENT_TAPS], const REAL *in,
                                  const REAL *out, const int rows, const int taps, const int filters) {
  const ptrdiff_t step = s->output_row_step;
  const ptrdiff_t *table = s->rows + phase->first_row + u * s->tap_row_step;
  for (ptrdiff_t y = 0; y < s->output_height + (rows - 1) * step; y++) {
    const ptrdiff_t row = table[y * s->row_stride];
    if (row < 0) continue;
    const ptrdiff_t first = y < s->output_height ? 0 : (y - s->output_height) / step + 1;
    const ptrdiff_t last = y / step + 1 < rows ? y / step + 1 : rows;
    const REAL *from = out + y * s->output_row_stride;
    if (first == 0 && last == rows) {
      SIZED(gradient_row)(s, acc, in + row, from, 0, rows, taps, filters);
    } else {
      UNROLL for (int r = 0; r < rows; r++)
        if (first <= r && r < last) SIZED(gradient_row)(s, acc, in + row, from, r, r + 1, taps, filters);
    }
  }
}

/* The sum of a vector's elements, by halves. */
INLINE REAL SIZED(sum)(REAL *lanes) {
  UNROLL for (ptrdiff_t half = LANES / 2; half > 0; half /= 2)
    UNROLL for (ptrdiff_t i = 0; i < half; i++) lanes[i] += lanes[half + i];
  return lanes[0];
}

INLINE void SIZED(gradient_block)(const direct_shape *s, const direct_phase *phase, ptrdiff_t u, const REAL *in,
                                  const REAL *out, REAL *sums, ptrdiff_t filter_stride, const int rows, const int taps,
                                  const int filters) {
  VEC acc[GRADIENT_ROWS][DIRECT_GROUP][GRADIENT_TAPS];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int f = 0; f < filters; f++)
      UNROLL for (int t = 0; t < taps; t++) acc[r][f][t] = (VEC){0};
  for (ptrdiff_t n = 0; n < s->images; n++)
    SIZED(gradient_image)(s, phase, u, acc, in + n * s->input_image_stride, out + n * s->output_image_stride, rows,
                          taps, filters);
  REAL lanes[GRADIENT_ROWS * DIRECT_GROUP * GRADIENT_TAPS][VECTOR_BYTES / sizeof(REAL)];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int f = 0; f < filters; f++)
      UNROLL for (int t = 0; t < taps; t++) *(LOOSE *)lanes[(r * filters + f) * taps + t] = acc[r][f][t];
  for (int i = 0; i < rows * filters * taps; i++) {
    const int r = i / (filters * taps), f = i / taps % filters, t = i % taps;
    sums[f * filter_stride + r * phase->width + t] += SIZED(sum)(lanes[i]);
  }
}

/* `rows` rows of a phase of one channel of `filters` filters, in blocks of nearly equal numbers of weights. */
INLINE void SIZED(gradient_rows)(const direct_shape *s, const direct_phase *phase, ptrdiff_t u, const REAL *in,
                                 const REAL *out, REAL *sums, ptrdiff_t filter_stride, const int rows,
                                 const int filters) {
  const ptrdiff_t blocks = (phase->width + GRADIENT_TAPS - 1) / GRADIENT_TAPS;
  for (ptrdiff_t b = 0, v = 0; b < blocks; b++) {
    const ptrdiff_t taps = (phase->width - v + blocks - b - 1) / (blocks - b);
    UNROLL for (int t = 1; t <= GRADIENT_TAPS; t++)
      if (taps == t)
        SIZED(gradient_block)(s, phase, u, in + v * s->tap_step, out, sums + u * phase->width + v, filter_stride, rows,
                              t, filters);
    v += taps;
  }
}

/* The weights of one channel of `filters` filters. */
INLINE void SIZED(gradient_channel)(const direct_shape *s, const REAL *in, const REAL *out, REAL *sums,
                                    ptrdiff_t filter_stride, const int rows, const int filters) {
  for (ptrdiff_t p = 0; p < s->phase_count; p++) {
    const direct_phase *phase = s->phases + p;
    const REAL *samples = in + phase->offset;
    ptrdiff_t u = 0;
    for (; u + rows <= phase->height; u += rows)
      SIZED(gradient_rows)(s, phase, u, samples, out, sums, filter_stride, rows, filters);
    for (; u < phase->height; u++)
      SIZED(gradient_rows)(s, phase, u, samples, out, sums, filter_stride, 1, filters);
    sums += phase->height * phase->width;
  }
}

TARGET static void SIZED(kernel_direct_gradient)(const direct_shape *s, const REAL *in, const REAL *out, REAL *sums) {
  const ptrdiff_t weights = SIZED(weights)(s), taps = s->channels * weights;
  for (ptrdiff_t c = 0; c < s->channels; c++) {
    const REAL *plane = in + c * s->input_plane_stride;
    REAL *target = sums + c * weights;
    ptrdiff_t f = 0;
    for (; f + DIRECT_GROUP <= s->filters; f += DIRECT_GROUP)
      SIZED(gradient_channel)(s, plane, out + f * s->output_plane_stride, target + f * taps, taps, 1, DIRECT_GROUP);
    for (; f < s->filters; f++)
      SIZED(gradient_channel)(s, plane, out + f * s->output_plane_stride, target + f * taps, taps, GRADIENT_ROWS, 1);
  }
}
