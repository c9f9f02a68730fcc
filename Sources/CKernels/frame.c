#include <string.h>

#include "CKernels.h"

#define FRAME(name, real)                                                                     \
  void name(const frame_shape *s, const real *block, real *outer) {                           \
    const ptrdiff_t width = s->outer_row_stride;                                              \
    memset(outer, 0, (size_t)(s->top * width) * sizeof(real));                                \
    for (ptrdiff_t y = 0; y < s->rows; y++) {                                                 \
      real *row = outer + (s->top + y) * width;                                               \
      const ptrdiff_t after = width - s->left - s->columns;                                   \
      memset(row, 0, (size_t)s->left * sizeof(real));                                         \
      memcpy(row + s->left, block + y * s->columns, (size_t)s->columns * sizeof(real));       \
      memset(row + s->left + s->columns, 0, (size_t)after * sizeof(real));                    \
    }                                                                                         \
    const ptrdiff_t done = s->top + s->rows;                                                  \
    const ptrdiff_t rest = (s->outer_rows - done) * width + s->slack;                         \
    memset(outer + done * width, 0, (size_t)rest * sizeof(real));                             \
  }

#define UNFRAME(name, real)                                                                   \
  void name(const frame_shape *s, const real *outer, real *block) {                           \
    for (ptrdiff_t y = 0; y < s->rows; y++)                                                   \
      memcpy(block + y * s->columns, outer + (s->top + y) * s->outer_row_stride + s->left,    \
             (size_t)s->columns * sizeof(real));                                              \
  }

FRAME(kernel_frame_f, float)
FRAME(kernel_frame_d, double)
UNFRAME(kernel_unframe_f, float)
UNFRAME(kernel_unframe_d, double)
