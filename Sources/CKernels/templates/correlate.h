/* The correlation of a padded image, its gradient and its adjoint, for one REAL. Included once per precision. */

#define VEC NAME(vec)
#define LOOSE NAME(loose_vec)
#define LANES ((ptrdiff_t)(VECTOR_BYTES / sizeof(REAL)))
typedef REAL VEC __attribute__((vector_size(VECTOR_BYTES)));
typedef REAL LOOSE __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(REAL)), may_alias));

/* One input row's part in a block of `rows` output rows; `first`..<`last` are the output rows that it reaches. */
INLINE void NAME(row)(VEC acc[4][4][3], const REAL *in, const REAL *w, ptrdiff_t kernel_width, const int first,
                      const int last, const int vectors, const int group) {
  for (ptrdiff_t v = 0; v < kernel_width; v++) {
    VEC x[3];
    UNROLL for (int i = 0; i < vectors; i++) x[i] = *(const LOOSE *)(in + v + i * LANES);
    UNROLL for (int r = first; r < last; r++) {
      UNROLL for (int f = 0; f < group; f++) {
        const REAL weight = w[(v - r * kernel_width) * group + f];
        UNROLL for (int i = 0; i < vectors; i++) acc[f][r][i] += weight * x[i];
      }
    }
  }
}

/* `rows` <= kernel_height output rows times `vectors` vectors of columns times `group` filters. */
INLINE void NAME(block)(const correlate_shape *s, const REAL *in, const REAL *w, REAL *out, ptrdiff_t columns,
                        const int rows, const int vectors, const int group) {
  VEC acc[4][4][3];
  const ptrdiff_t kh = s->kernel_height, kw = s->kernel_width;
  UNROLL for (int f = 0; f < group; f++)
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int i = 0; i < vectors; i++) acc[f][r][i] = (VEC){0};
  for (ptrdiff_t c = 0; c < s->input_channels; c++) {
    const REAL *row = in + c * s->input_plane_stride;
    const REAL *weights = w + c * kh * kw * group;
    UNROLL for (int j = 0; j < rows - 1; j++)
      NAME(row)(acc, row + j * s->input_row_stride, weights + j * kw * group, kw, 0, j + 1, vectors, group);
    for (ptrdiff_t j = rows - 1; j < kh; j++)
      NAME(row)(acc, row + j * s->input_row_stride, weights + j * kw * group, kw, 0, rows, vectors, group);
    UNROLL for (int t = 1; t < rows; t++) {
      const ptrdiff_t j = kh - 1 + t;
      NAME(row)(acc, row + j * s->input_row_stride, weights + j * kw * group, kw, t, rows, vectors, group);
    }
  }
  UNROLL for (int f = 0; f < group; f++)
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int i = 0; i < vectors; i++) {
        REAL *target = out + f * s->output_plane_stride + r * s->output_row_stride + i * LANES;
        const ptrdiff_t left = columns - i * LANES;
        if (left >= LANES) *(LOOSE *)target = acc[f][r][i];
        else if (left == LANES / 2) memcpy(target, &acc[f][r][i], sizeof(VEC) / 2);
        else memcpy(target, &acc[f][r][i], (size_t)left * sizeof(REAL));
      }
}

INLINE void NAME(band)(const correlate_shape *s, const REAL *in, const REAL *w, REAL *out, const int rows,
                       const int group) {
  const ptrdiff_t width = s->output_width;
  ptrdiff_t x = 0;
  if (group == 1) {
    for (; width - x > 2 * LANES; x += 3 * LANES)
      NAME(block)(s, in + x, w, out + x, width - x, rows, 3, group);
  }
  for (; x < width; x += LANES) NAME(block)(s, in + x, w, out + x, width - x, rows, 1, group);
}

INLINE void NAME(bands)(const correlate_shape *s, const REAL *in, const REAL *w, REAL *out, const int group) {
  const ptrdiff_t height = s->output_height;
  ptrdiff_t y = 0;
  if (s->kernel_height >= 4)
    for (; y + 4 <= height; y += 4)
      NAME(band)(s, in + y * s->input_row_stride, w, out + y * s->output_row_stride, 4, group);
  if (s->kernel_height >= 2)
    for (; y + 2 <= height; y += 2)
      NAME(band)(s, in + y * s->input_row_stride, w, out + y * s->output_row_stride, 2, group);
  for (; y < height; y++) NAME(band)(s, in + y * s->input_row_stride, w, out + y * s->output_row_stride, 1, group);
}

INLINE void NAME(strided)(const correlate_shape *s, const REAL *in, const REAL *w, REAL *out, const int group) {
  for (ptrdiff_t y = 0; y < s->output_height; y++) {
    for (ptrdiff_t x = 0; x < s->output_width; x++) {
      REAL sum[CORRELATE_GROUP] = {0};
      const REAL *weight = w;
      for (ptrdiff_t c = 0; c < s->input_channels; c++) {
        for (ptrdiff_t u = 0; u < s->kernel_height; u++) {
          const REAL *row = in + c * s->input_plane_stride +
                            (y * s->stride_y + u * s->dilation_y) * s->input_row_stride + x * s->stride_x;
          for (ptrdiff_t v = 0; v < s->kernel_width; v++, weight += group)
            UNROLL for (int f = 0; f < group; f++) sum[f] += row[v * s->dilation_x] * weight[f];
        }
      }
      for (int f = 0; f < group; f++) out[f * s->output_plane_stride + y * s->output_row_stride + x] = sum[f];
    }
  }
}

FOR_EACH_CPU void NAME(kernel_correlate)(const correlate_shape *s, const REAL *in, const REAL *packed, REAL *out) {
  const ptrdiff_t taps = s->input_channels * s->kernel_height * s->kernel_width;
  const int is_dense = s->stride_y == 1 && s->stride_x == 1 && s->dilation_y == 1 && s->dilation_x == 1;
  ptrdiff_t f = 0;
  for (; f + CORRELATE_GROUP <= s->output_channels; f += CORRELATE_GROUP) {
    REAL *planes = out + f * s->output_plane_stride;
    if (is_dense) NAME(bands)(s, in, packed + f * taps, planes, CORRELATE_GROUP);
    else NAME(strided)(s, in, packed + f * taps, planes, CORRELATE_GROUP);
  }
  for (; f < s->output_channels; f++) {
    REAL *plane = out + f * s->output_plane_stride;
    if (is_dense) NAME(bands)(s, in, packed + f * taps, plane, 1);
    else NAME(strided)(s, in, packed + f * taps, plane, 1);
  }
}

#define WIDTH 64
#include "correlate_gradient.h"
#undef WIDTH
#define WIDTH 32
#include "correlate_gradient.h"
#undef WIDTH
#define WIDTH 16
#include "correlate_gradient.h"
#undef WIDTH

INLINE void NAME(strided_gradient)(const correlate_shape *s, const REAL *in, const REAL *out, REAL *gradient) {
  for (ptrdiff_t c = 0; c < s->input_channels; c++)
    for (ptrdiff_t u = 0; u < s->kernel_height; u++)
      for (ptrdiff_t v = 0; v < s->kernel_width; v++) {
        REAL sum = 0;
        for (ptrdiff_t y = 0; y < s->output_height; y++) {
          const REAL *row = in + c * s->input_plane_stride +
                            (y * s->stride_y + u * s->dilation_y) * s->input_row_stride + v * s->dilation_x;
          for (ptrdiff_t x = 0; x < s->output_width; x++)
            sum += row[x * s->stride_x] * out[y * s->output_row_stride + x];
        }
        gradient[(c * s->kernel_height + u) * s->kernel_width + v] += sum;
      }
}

/* The gradient of `group` filters, in the widest vectors that a row of outputs holds. */
INLINE void NAME(gradient_group)(const correlate_shape *s, const REAL *in, const REAL *out, REAL *gradient,
                                 const int group) {
  if (s->output_width >= LANES) NAME(gradient_filters64)(s, in, out, gradient, group);
  else if (s->output_width >= LANES / 2) NAME(gradient_filters32)(s, in, out, gradient, group);
  else NAME(gradient_filters16)(s, in, out, gradient, group);
}

FOR_EACH_CPU void NAME(kernel_correlate_gradient)(const correlate_shape *s, const REAL *in, const REAL *out,
                                                  REAL *gradient) {
  const ptrdiff_t taps = s->input_channels * s->kernel_height * s->kernel_width;
  const int is_vectorized = s->stride_y == 1 && s->stride_x == 1 && s->dilation_y == 1 && s->dilation_x == 1 &&
                            s->output_width >= LANES / 4;
  ptrdiff_t f = 0;
  if (is_vectorized)
    for (; f + 4 <= s->output_channels; f += 4)
      NAME(gradient_group)(s, in, out + f * s->output_plane_stride, gradient + f * taps, 4);
  for (; f < s->output_channels; f++) {
    if (is_vectorized) NAME(gradient_group)(s, in, out + f * s->output_plane_stride, gradient + f * taps, 1);
    else NAME(strided_gradient)(s, in, out + f * s->output_plane_stride, gradient + f * taps);
  }
}

FOR_EACH_CPU void NAME(kernel_correlate_adjoint)(const correlate_shape *s, const REAL *out, const REAL *w, REAL *in) {
  for (ptrdiff_t f = 0; f < s->output_channels; f++)
    for (ptrdiff_t c = 0; c < s->input_channels; c++)
      for (ptrdiff_t u = 0; u < s->kernel_height; u++)
        for (ptrdiff_t v = 0; v < s->kernel_width; v++) {
          const REAL weight = w[((f * s->input_channels + c) * s->kernel_height + u) * s->kernel_width + v];
          for (ptrdiff_t y = 0; y < s->output_height; y++) {
            REAL *row = in + c * s->input_plane_stride +
                        (y * s->stride_y + u * s->dilation_y) * s->input_row_stride + v * s->dilation_x;
            const REAL *from = out + f * s->output_plane_stride + y * s->output_row_stride;
            for (ptrdiff_t x = 0; x < s->output_width; x++) row[x * s->stride_x] += weight * from[x];
          }
        }
}

#undef VEC
#undef LOOSE
#undef LANES
