/* Products of spectra, for one REAL. Included once per precision. */

#define VEC NAME(spectral_vec)
#define LANES ((ptrdiff_t)(SPECTRAL_BLOCK_BYTES / sizeof(REAL)))
typedef REAL VEC __attribute__((vector_size(SPECTRAL_BLOCK_BYTES)));

/* The lanes of `to` are those of `from` in the order that `place` gives for lane i. */
#define PERMUTED(to, from, place) UNROLL for (int i = 0; i < LANES; i++) (to)[i] = (from)[place]

/* `rows` times `columns` sums in one block of frequencies: a·re(b) and a·im(b) are summed apart and joined at the end. */
INLINE void NAME(spectral_tile)(const spectral_product *s, const REAL *a, const REAL *b, REAL *out, const VEC *signs,
                                const int rows, const int columns) {
  VEC direct[4][3], crossed[4][3];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < columns; j++) direct[r][j] = crossed[r][j] = (VEC){0};
  for (ptrdiff_t t = 0; t < s->terms; t++) {
    VEC x[4];
    UNROLL for (int r = 0; r < rows; r++) x[r] = *(const VEC *)(a + r * s->a.item + t * s->a.term);
    UNROLL for (int j = 0; j < columns; j++) {
      const VEC w = *(const VEC *)(b + j * s->b.item + t * s->b.term);
      VEC re, im;
      PERMUTED(re, w, i & ~1);
      PERMUTED(im, w, i | 1);
      UNROLL for (int r = 0; r < rows; r++) {
        direct[r][j] += x[r] * re;
        crossed[r][j] += x[r] * im;
      }
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < columns; j++) {
      VEC *target = (VEC *)(out + r * s->out_row + j * s->out_column), swapped;
      PERMUTED(swapped, crossed[r][j], i ^ 1);
      const VEC sum = direct[r][j] + *signs * swapped;
      *target = s->adds ? *target + sum : sum;
    }
}

INLINE void NAME(spectral_rows)(const spectral_product *s, const REAL *a, const REAL *b, REAL *out, const VEC *signs,
                                const int rows) {
  ptrdiff_t j = 0;
  for (; j + 3 <= s->columns; j += 3)
    NAME(spectral_tile)(s, a, b + j * s->b.item, out + j * s->out_column, signs, rows, 3);
  if (s->columns - j == 2) NAME(spectral_tile)(s, a, b + j * s->b.item, out + j * s->out_column, signs, rows, 2);
  if (s->columns - j == 1) NAME(spectral_tile)(s, a, b + j * s->b.item, out + j * s->out_column, signs, rows, 1);
}

FOR_EACH_CPU void NAME(kernel_multiply_banks)(const spectral_product *s, ptrdiff_t first, ptrdiff_t last,
                                              const REAL *a, const REAL *b, REAL *out) {
  VEC signs;
  for (int i = 0; i < LANES; i++) signs[i] = (i & 1) == s->conjugates ? -1 : 1;
  for (ptrdiff_t block = first; block < last; block++) {
    const REAL *x = a + block * s->a.block, *w = b + block * s->b.block;
    REAL *target = out + block * s->out_block;
    ptrdiff_t i = 0;
    for (; i + 4 <= s->rows; i += 4)
      NAME(spectral_rows)(s, x + i * s->a.item, w, target + i * s->out_row, &signs, 4);
    for (; i < s->rows; i++) NAME(spectral_rows)(s, x + i * s->a.item, w, target + i * s->out_row, &signs, 1);
  }
}

#undef PERMUTED
#undef VEC
#undef LANES
