/* Products of a matrix with a matrix of few rows, for one REAL. Included once per precision. */

#define LANES (VECTOR_BYTES / sizeof(REAL))
#define VEC NAME(thin_vec)
#define HALF NAME(thin_half)
#define QUARTER NAME(thin_quarter)
#define load(p) (*(const VEC *)(p))

typedef REAL VEC __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(REAL)), may_alias));
typedef REAL HALF __attribute__((vector_size(VECTOR_BYTES / 2)));
typedef REAL QUARTER __attribute__((vector_size(VECTOR_BYTES / 4)));

INLINE REAL NAME(thin_sum)(const VEC *values) {
  const union { VEC all; HALF halves[2]; } outer = {*values};
  const union { HALF all; QUARTER halves[2]; } inner = {outer.halves[0] + outer.halves[1]};
  const QUARTER rest = inner.halves[0] + inner.halves[1];
  REAL sum = 0;
  for (size_t l = 0; l < LANES / 4; l++) sum += rest[l];
  return sum;
}

INLINE void NAME(score_tile)(const size_t rows, const size_t classes, size_t columns, const REAL *x, const REAL *w,
                             size_t w_stride, REAL *z, size_t z_stride) {
  VEC sum[MAX_ROWS][MAX_CLASSES] = {0};
  size_t d = 0;
  for (; d + LANES <= columns; d += LANES)
    for (size_t c = 0; c < classes; c++)
      for (size_t r = 0; r < rows; r++) {
        if (c == 0) __builtin_prefetch(x + (r + ROWS_AHEAD) * columns + d);
        sum[r][c] += load(x + r * columns + d) * load(w + c * w_stride + d);
      }
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < classes; c++) {
      REAL total = z[r * z_stride + c] + NAME(thin_sum)(&sum[r][c]);
      for (size_t t = d; t < columns; t++) total += x[r * columns + t] * w[c * w_stride + t];
      z[r * z_stride + c] = total;
    }
}

INLINE void NAME(score_rows)(const size_t rows, size_t columns, size_t classes, const REAL *x, const REAL *w,
                             size_t w_stride, REAL *z) {
  size_t c = 0;
  for (; c + MAX_CLASSES <= classes; c += MAX_CLASSES)
    NAME(score_tile)(rows, MAX_CLASSES, columns, x, w + c * w_stride, w_stride, z + c, classes);
  const REAL *rest = w + c * w_stride;
  switch (classes - c) {
    case 4: NAME(score_tile)(rows, 4, columns, x, rest, w_stride, z + c, classes); break;
    case 3: NAME(score_tile)(rows, 3, columns, x, rest, w_stride, z + c, classes); break;
    case 2: NAME(score_tile)(rows, 2, columns, x, rest, w_stride, z + c, classes); break;
    case 1: NAME(score_tile)(rows, 1, columns, x, rest, w_stride, z + c, classes); break;
  }
}

FOR_EACH_CPU void NAME(kernel_thin_scores)(size_t rows, size_t columns, size_t classes, const REAL *x, const REAL *w,
                                           size_t w_stride, REAL *z) {
  size_t r = 0;
  for (; r + MAX_ROWS <= rows; r += MAX_ROWS)
    NAME(score_rows)(MAX_ROWS, columns, classes, x + r * columns, w, w_stride, z + r * classes);
  for (; r < rows; r++) NAME(score_rows)(1, columns, classes, x + r * columns, w, w_stride, z + r * classes);
}

INLINE void NAME(gradient_tile)(const size_t classes, const size_t vectors, size_t rows, size_t columns, const REAL *x,
                                const REAL *p, size_t p_stride, REAL *g, size_t g_stride) {
  VEC sum[MAX_CLASSES][MAX_VECTORS];
  for (size_t c = 0; c < classes; c++)
    for (size_t v = 0; v < vectors; v++) sum[c][v] = load(g + c * g_stride + v * LANES);
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < classes; c++)
      for (size_t v = 0; v < vectors; v++) sum[c][v] += load(x + r * columns + v * LANES) * p[r * p_stride + c];
  for (size_t c = 0; c < classes; c++)
    for (size_t v = 0; v < vectors; v++) *(VEC *)(g + c * g_stride + v * LANES) = sum[c][v];
}

INLINE void NAME(gradient_classes)(const size_t classes, size_t rows, size_t columns, const REAL *x, const REAL *p,
                                   size_t p_stride, REAL *g, size_t g_stride) {
  size_t d = 0;
  for (; d + MAX_VECTORS * LANES <= columns; d += MAX_VECTORS * LANES)
    NAME(gradient_tile)(classes, MAX_VECTORS, rows, columns, x + d, p, p_stride, g + d, g_stride);
  for (; d + LANES <= columns; d += LANES)
    NAME(gradient_tile)(classes, 1, rows, columns, x + d, p, p_stride, g + d, g_stride);
  for (; d < columns; d++)
    for (size_t c = 0; c < classes; c++)
      for (size_t r = 0; r < rows; r++) g[c * g_stride + d] += x[r * columns + d] * p[r * p_stride + c];
}

FOR_EACH_CPU void NAME(kernel_thin_gradient)(size_t rows, size_t columns, size_t classes, const REAL *x, const REAL *p,
                                             REAL *g, size_t g_stride) {
  size_t c = 0;
  for (; c + MAX_CLASSES <= classes; c += MAX_CLASSES)
    NAME(gradient_classes)(MAX_CLASSES, rows, columns, x, p + c, classes, g + c * g_stride, g_stride);
  REAL *rest = g + c * g_stride;
  switch (classes - c) {
    case 4: NAME(gradient_classes)(4, rows, columns, x, p + c, classes, rest, g_stride); break;
    case 3: NAME(gradient_classes)(3, rows, columns, x, p + c, classes, rest, g_stride); break;
    case 2: NAME(gradient_classes)(2, rows, columns, x, p + c, classes, rest, g_stride); break;
    case 1: NAME(gradient_classes)(1, rows, columns, x, p + c, classes, rest, g_stride); break;
  }
}

#undef LANES
#undef VEC
#undef HALF
#undef QUARTER
#undef load
