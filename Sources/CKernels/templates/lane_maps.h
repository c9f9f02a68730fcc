/* What scattering does to images that lie in lanes, besides transforms, for one REAL. Included once per precision. */

FOR_EACH_CPU void NAME(kernel_lane_gather)(ptrdiff_t count, const ptrdiff_t *sources, const REAL *pixels,
                                           ptrdiff_t image_stride, ptrdiff_t images, REAL *out) {
  for (ptrdiff_t p = 0; p < count; p++)
    for (ptrdiff_t l = 0; l < LANES; l++)
      out[p * LANES + l] = l < images && sources[p] >= 0 ? pixels[l * image_stride + sources[p]] : 0;
}

FOR_EACH_CPU void NAME(kernel_lane_scatter)(ptrdiff_t count, const REAL *in, ptrdiff_t images, REAL *rows) {
  for (ptrdiff_t first = 0; first < count; first += LANES) {
    const ptrdiff_t last = first + LANES < count ? first + LANES : count;
    for (ptrdiff_t l = 0; l < images; l++)
      for (ptrdiff_t p = first; p < last; p++) rows[l * count + p] = in[p * LANES + l];
  }
}

FOR_EACH_CPU void NAME(kernel_lane_filter)(ptrdiff_t count, const int32_t *starts, const int32_t *sources,
                                           const REAL *weights, const REAL *in, REAL *out) {
  const COMPLEX *x = (const COMPLEX *)in;
  for (ptrdiff_t i = 0; i < count; i++) {
    COMPLEX sum = {(VEC){0}, (VEC){0}};
    for (int32_t t = starts[i]; t < starts[i + 1]; t++) {
      const int32_t conjugates = sources[t] >> 31;
      const COMPLEX z = x[sources[t] ^ conjugates];
      sum.re += weights[t] * z.re;
      sum.im += (conjugates ? -weights[t] : weights[t]) * z.im;
    }
    ((COMPLEX *)out)[i] = sum;
  }
}

/* `items` times `sums` products of x with rows of a: out[o, i] = the sum over k of a[o, k] * x[i, k]. */
typedef struct {
  ptrdiff_t terms, x_item, x_term, out_row, out_item;
} NAME(lane_sums);

INLINE void NAME(lane_tile)(const NAME(lane_sums) * s, const REAL *a, const VEC *x, VEC *out, const int sums,
                            const int items) {
  VEC total[4][4];
  UNROLL for (int o = 0; o < sums; o++) UNROLL for (int i = 0; i < items; i++) total[o][i] = (VEC){0};
  for (ptrdiff_t k = 0; k < s->terms; k++)
    UNROLL for (int i = 0; i < items; i++) {
      const VEC value = x[i * s->x_item + k * s->x_term];
      UNROLL for (int o = 0; o < sums; o++) total[o][i] += a[o * s->terms + k] * value;
    }
  UNROLL for (int o = 0; o < sums; o++)
    UNROLL for (int i = 0; i < items; i++) out[o * s->out_row + i * s->out_item] = total[o][i];
}

INLINE void NAME(lane_product)(const NAME(lane_sums) * s, const REAL *a, ptrdiff_t sums, const VEC *x, ptrdiff_t items,
                               VEC *out) {
  for (ptrdiff_t i = 0; i < items;) {
    const int is_wide = items - i >= 4;
    for (ptrdiff_t o = 0; o < sums;) {
      const int is_tall = sums - o >= 4;
      const REAL *rows = a + o * s->terms;
      const VEC *from = x + i * s->x_item;
      VEC *to = out + o * s->out_row + i * s->out_item;
      if (is_wide && is_tall) NAME(lane_tile)(s, rows, from, to, 4, 4);
      else if (is_wide) NAME(lane_tile)(s, rows, from, to, 1, 4);
      else if (is_tall) NAME(lane_tile)(s, rows, from, to, 4, 1);
      else NAME(lane_tile)(s, rows, from, to, 1, 1);
      o += is_tall ? 4 : 1;
    }
    i += is_wide ? 4 : 1;
  }
}

FOR_EACH_CPU void NAME(kernel_lane_average)(const lane_average *s, const REAL *a, const REAL *b, const REAL *in,
                                            REAL *out, REAL *scratch) {
  const NAME(lane_sums) along_rows = {s->columns, s->columns, 1, 1, s->out_columns};
  const NAME(lane_sums) along_columns = {s->rows, 1, s->out_columns, s->out_columns, 1};
  NAME(lane_product)(&along_rows, b, s->out_columns, (const VEC *)in, s->rows, (VEC *)scratch);
  NAME(lane_product)(&along_columns, a, s->out_rows, (const VEC *)scratch, s->out_columns, (VEC *)out);
}
