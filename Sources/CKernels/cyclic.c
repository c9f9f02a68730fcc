#include "CKernels.h"
#include "dispatch.h"

static inline ptrdiff_t modulo(ptrdiff_t a, ptrdiff_t n) {
  const ptrdiff_t rest = a % n;
  return rest < 0 ? rest + n : rest;
}

/* Calls BODY for every run of items whose places on the grid follow each other by stride_x without wrapping: `place`
   and `item` are the run's starts, `length` its length. */
#define FOR_EACH_RUN(BODY)                                                                                     \
  for (ptrdiff_t i = 0; i < s->rows; i++) {                                                                    \
    const ptrdiff_t y = modulo(i * s->stride_y - s->offset_y, s->period_y);                                    \
    for (ptrdiff_t j = 0, length; j < s->columns; j += length) {                                               \
      const ptrdiff_t x = modulo(j * s->stride_x - s->offset_x, s->period_x);                                  \
      const ptrdiff_t room = (s->period_x - x + s->stride_x - 1) / s->stride_x, rest = s->columns - j;         \
      const ptrdiff_t place = y * s->grid_row_stride + x, item = i * s->columns + j, step = s->stride_x;       \
      length = room < rest ? room : rest;                                                                      \
      BODY                                                                                                     \
    }                                                                                                          \
  }

#define GATHER(name, real)                                                                                     \
  FOR_EACH_CPU void name(const cyclic_shape *s, const real *grid, real scale, int adds, real *items) {         \
    FOR_EACH_RUN({                                                                                             \
      if (adds)                                                                                                \
        for (ptrdiff_t t = 0; t < length; t++) items[item + t] += scale * grid[place + t * step];              \
      else if (step == 1)                                                                                      \
        for (ptrdiff_t t = 0; t < length; t++) items[item + t] = scale * grid[place + t];                      \
      else                                                                                                     \
        for (ptrdiff_t t = 0; t < length; t++) items[item + t] = scale * grid[place + t * step];               \
    })                                                                                                         \
  }

#define SCATTER(name, real)                                                                                    \
  FOR_EACH_CPU void name(const cyclic_shape *s, const real *items, real *grid) {                               \
    FOR_EACH_RUN({                                                                                             \
      if (step == 1)                                                                                           \
        for (ptrdiff_t t = 0; t < length; t++) grid[place + t] += items[item + t];                             \
      else                                                                                                     \
        for (ptrdiff_t t = 0; t < length; t++) grid[place + t * step] += items[item + t];                      \
    })                                                                                                         \
  }

GATHER(kernel_gather_cyclic_f, float)
GATHER(kernel_gather_cyclic_d, double)
SCATTER(kernel_scatter_cyclic_f, float)
SCATTER(kernel_scatter_cyclic_d, double)
