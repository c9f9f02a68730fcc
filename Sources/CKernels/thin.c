#include "CKernels.h"
#include "dispatch.h"

typedef double lanes __attribute__((vector_size(64), aligned(8)));

#define INLINE static inline __attribute__((always_inline))
#define LANES ((size_t)8)
#define MAX_CLASSES 5
#define MAX_ROWS 4
#define MAX_VECTORS 4

#define load(p) (*(const lanes *)(p))

INLINE void score_tile(const size_t rows, const size_t classes, size_t columns, const double *x, const double *w,
                       size_t w_stride, double *z, size_t z_stride) {
  lanes sum[MAX_ROWS][MAX_CLASSES] = {0};
  size_t d = 0;
  for (; d + LANES <= columns; d += LANES)
    for (size_t c = 0; c < classes; c++)
      for (size_t r = 0; r < rows; r++) sum[r][c] += load(x + r * columns + d) * load(w + c * w_stride + d);
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < classes; c++) {
      double total = z[r * z_stride + c];
      for (size_t l = 0; l < LANES; l++) total += sum[r][c][l];
      for (size_t t = d; t < columns; t++) total += x[r * columns + t] * w[c * w_stride + t];
      z[r * z_stride + c] = total;
    }
}

INLINE void score_rows(const size_t rows, size_t columns, size_t classes, const double *x, const double *w,
                       size_t w_stride, double *z) {
  size_t c = 0;
  for (; c + MAX_CLASSES <= classes; c += MAX_CLASSES)
    score_tile(rows, MAX_CLASSES, columns, x, w + c * w_stride, w_stride, z + c, classes);
  const double *rest = w + c * w_stride;
  switch (classes - c) {
    case 4: score_tile(rows, 4, columns, x, rest, w_stride, z + c, classes); break;
    case 3: score_tile(rows, 3, columns, x, rest, w_stride, z + c, classes); break;
    case 2: score_tile(rows, 2, columns, x, rest, w_stride, z + c, classes); break;
    case 1: score_tile(rows, 1, columns, x, rest, w_stride, z + c, classes); break;
  }
}

FOR_EACH_CPU void kernel_thin_scores_d(size_t rows, size_t columns, size_t classes, const double *x, const double *w,
                                       size_t w_stride, double *z) {
  size_t r = 0;
  for (; r + MAX_ROWS <= rows; r += MAX_ROWS)
    score_rows(MAX_ROWS, columns, classes, x + r * columns, w, w_stride, z + r * classes);
  for (; r < rows; r++) score_rows(1, columns, classes, x + r * columns, w, w_stride, z + r * classes);
}

INLINE void gradient_tile(const size_t classes, const size_t vectors, size_t rows, size_t columns, const double *x,
                          const double *p, size_t p_stride, double *g, size_t g_stride) {
  lanes sum[MAX_CLASSES][MAX_VECTORS];
  for (size_t c = 0; c < classes; c++)
    for (size_t v = 0; v < vectors; v++) sum[c][v] = load(g + c * g_stride + v * LANES);
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < classes; c++)
      for (size_t v = 0; v < vectors; v++) sum[c][v] += load(x + r * columns + v * LANES) * p[r * p_stride + c];
  for (size_t c = 0; c < classes; c++)
    for (size_t v = 0; v < vectors; v++) *(lanes *)(g + c * g_stride + v * LANES) = sum[c][v];
}

INLINE void gradient_classes(const size_t classes, size_t rows, size_t columns, const double *x, const double *p,
                             size_t p_stride, double *g, size_t g_stride) {
  size_t d = 0;
  for (; d + MAX_VECTORS * LANES <= columns; d += MAX_VECTORS * LANES)
    gradient_tile(classes, MAX_VECTORS, rows, columns, x + d, p, p_stride, g + d, g_stride);
  for (; d + LANES <= columns; d += LANES)
    gradient_tile(classes, 1, rows, columns, x + d, p, p_stride, g + d, g_stride);
  for (; d < columns; d++)
    for (size_t c = 0; c < classes; c++)
      for (size_t r = 0; r < rows; r++) g[c * g_stride + d] += x[r * columns + d] * p[r * p_stride + c];
}

FOR_EACH_CPU void kernel_thin_gradient_d(size_t rows, size_t columns, size_t classes, const double *x, const double *p,
                                         double *g, size_t g_stride) {
  size_t c = 0;
  for (; c + MAX_CLASSES <= classes; c += MAX_CLASSES)
    gradient_classes(MAX_CLASSES, rows, columns, x, p + c, classes, g + c * g_stride, g_stride);
  double *rest = g + c * g_stride;
  switch (classes - c) {
    case 4: gradient_classes(4, rows, columns, x, p + c, classes, rest, g_stride); break;
    case 3: gradient_classes(3, rows, columns, x, p + c, classes, rest, g_stride); break;
    case 2: gradient_classes(2, rows, columns, x, p + c, classes, rest, g_stride); break;
    case 1: gradient_classes(1, rows, columns, x, p + c, classes, rest, g_stride); break;
  }
}
