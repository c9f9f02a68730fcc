#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

/* Calls BODY for every run of positions within one output row and every tap: `image` is the run's first sample,
   `column` its place in the matrix, `length` its length. */
#define FOR_EACH_RUN(real, constant, BODY)                                                                     \
  constant real *plane = in;                                                                                   \
  ptrdiff_t tap = 0;                                                                                           \
  for (ptrdiff_t c = 0; c < s->input_channels; c++, plane += s->input_plane_stride)                            \
    for (ptrdiff_t u = 0; u < s->kernel_height; u++)                                                           \
      for (ptrdiff_t v = 0; v < s->kernel_width; v++, tap++) {                                                 \
        ptrdiff_t done = 0, y = first / s->output_width, x = first % s->output_width;                          \
        for (; done < count; y++, x = 0) {                                                                     \
          const ptrdiff_t rest = s->output_width - x, length = rest < count - done ? rest : count - done;      \
          constant real *image = plane + (y * s->stride_y + u * s->dilation_y) * s->input_row_stride +         \
                                 x * s->stride_x + v * s->dilation_x;                                  \
          const ptrdiff_t place = tap * columns_stride + done;                                                          \
          BODY                                                                                                 \
          done += length;                                                                                      \
        }                                                                                                      \
      }

/* Rows of small images have one of these lengths, for which the copy is a move or two. */
#define COPY(target, source, count)                                        \
  switch (count) {                                                         \
    case 4: memcpy(target, source, 4 * sizeof *(target)); break;           \
    case 8: memcpy(target, source, 8 * sizeof *(target)); break;           \
    case 16: memcpy(target, source, 16 * sizeof *(target)); break;         \
    default: for (ptrdiff_t i = 0; i < (count); i++) (target)[i] = (source)[i]; \
  }

#define GATHER(name, real)                                                                                     \
  FOR_EACH_CPU void name(const correlate_shape *s, const real *in, ptrdiff_t first, ptrdiff_t count,           \
                         real *columns, ptrdiff_t columns_stride) {                                            \
    FOR_EACH_RUN(real, const, {                                                                                \
      if (s->stride_x == 1) {                                                                                  \
        COPY(columns + place, image, length)                                                                   \
      } else {                                                                                                 \
        for (ptrdiff_t i = 0; i < length; i++) columns[place + i] = image[i * s->stride_x];                    \
      }                                                                                                        \
    })                                                                                                         \
  }

#define SCATTER(name, real)                                                                                    \
  FOR_EACH_CPU void name(const correlate_shape *s, const real *columns, ptrdiff_t columns_stride,              \
                         ptrdiff_t first, ptrdiff_t count, real *in) {                                         \
    FOR_EACH_RUN(real, , {                                                                                     \
      if (s->stride_x == 1)                                                                                    \
        for (ptrdiff_t i = 0; i < length; i++) image[i] += columns[place + i];                                 \
      else                                                                                                     \
        for (ptrdiff_t i = 0; i < length; i++) image[i * s->stride_x] += columns[place + i];                   \
    })                                                                                                         \
  }

GATHER(kernel_gather_columns_f, float)
GATHER(kernel_gather_columns_d, double)
SCATTER(kernel_scatter_columns_f, float)
SCATTER(kernel_scatter_columns_d, double)
