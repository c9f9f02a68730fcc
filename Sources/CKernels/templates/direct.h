/* The correlation of images with a bank of kernels, for one REAL and vectors of VECTOR_BYTES. Included once for each.

   A block is `rows` output rows times `vectors` vectors of outputs times `filters` filters, all in registers. For each
   row of samples and each column of weights it loads `vectors` vectors, and broadcasts rows*filters weights, for
   rows*vectors*filters multiply-adds. Loads that straddle cache lines count twice, so that two loads a cycle keep two
   multiply-adds a cycle busy when 2*vectors + rows*filters <= rows*vectors*filters. */

#define VEC SIZED(vec)
#define LOOSE SIZED(loose_vec)
#define LANES ((ptrdiff_t)(VECTOR_BYTES / sizeof(REAL)))
typedef REAL VEC __attribute__((vector_size(VECTOR_BYTES)));
typedef REAL LOOSE __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(REAL)), may_alias));

/* Where the vectors of a block begin, in the rows of samples and in the rows of outputs. */
typedef struct {
  ptrdiff_t input[ROW_VECTORS], output[ROW_VECTORS];
} SIZED(places);

/* One row of samples' part in a block; `first`..<`last` are the output rows that it reaches. `w` are the weights that
   join it to output row 0. */
INLINE void SIZED(row)(const direct_shape *s, VEC acc[DIRECT_GROUP][ROWS][ROW_VECTORS], const REAL *in,
                       const ptrdiff_t *input, const REAL *w, ptrdiff_t width, const int first, const int last,
                       const int vectors, const int filters) {
  const REAL *from[ROW_VECTORS];
  UNROLL for (int i = 0; i < vectors; i++) from[i] = in + input[i];
  for (ptrdiff_t v = 0; v < width; v++) {
    VEC x[ROW_VECTORS];
    UNROLL for (int i = 0; i < vectors; i++) x[i] = *(const LOOSE *)(from[i] + v * s->tap_step);
    UNROLL for (int r = first; r < last; r++)
      UNROLL for (int f = 0; f < filters; f++) {
        const REAL weight = w[(v - r * width) * filters + f];
        UNROLL for (int i = 0; i < vectors; i++) acc[f][r][i] += weight * x[i];
      }
  }
}

/* The part of row j of the samples that a phase of a kernel meets; the first and last reach only some output rows. */
INLINE void SIZED(reach)(const direct_shape *s, const direct_phase *phase,
                         VEC acc[DIRECT_GROUP][ROWS][ROW_VECTORS], const REAL *plane, const ptrdiff_t *rows,
                         const ptrdiff_t *input, const REAL *w, ptrdiff_t j, ptrdiff_t height, ptrdiff_t width,
                         const int count, const int vectors, const int filters) {
  const ptrdiff_t row = rows[phase->first_row + j * s->tap_row_step];
  if (row < 0) return;
  const REAL *in = plane + row + phase->offset, *weights = w + j * width * filters;
  const ptrdiff_t first = j < height ? 0 : j - height + 1, last = j < count ? j + 1 : count;
  UNROLL for (int a = 0; a < count; a++)
    UNROLL for (int b = a + 1; b <= count; b++)
      if (first == a && last == b) SIZED(row)(s, acc, in, input, weights, width, a, b, vectors, filters);
}

/* One phase of one channel's part in a block. For a kernel of 3×3, whose loops are too short, all is unrolled. */
INLINE void SIZED(phase)(const direct_shape *s, const direct_phase *phase,
                         VEC acc[DIRECT_GROUP][ROWS][ROW_VECTORS], const REAL *plane, const ptrdiff_t *rows,
                         const ptrdiff_t *input, const REAL *w, const int count, const int vectors, const int filters) {
  const ptrdiff_t height = phase->height, width = phase->width;
  if (height == 3 && width == 3) {
    UNROLL for (int j = 0; j < count + 2; j++)
      SIZED(reach)(s, phase, acc, plane, rows, input, w, j, 3, 3, count, vectors, filters);
  } else {
    for (ptrdiff_t j = 0; j < height + count - 1; j++)
      SIZED(reach)(s, phase, acc, plane, rows, input, w, j, height, width, count, vectors, filters);
  }
}

/* Calls for what later blocks of the same rows read for the first time, and for what they write. */
INLINE void SIZED(prefetch)(const direct_shape *s, const REAL *in, const ptrdiff_t *rows, const SIZED(places) *places,
                            const REAL *out, const int count, const int vectors) {
  const ptrdiff_t reading = 1024 / sizeof(REAL), writing = 512 / sizeof(REAL);
  const ptrdiff_t *last = rows + s->phases->first_row + (s->phases->height - 1) * s->tap_row_step;
  UNROLL for (int r = 0; r < count; r++) {
    const REAL *row = in + last[r * s->tap_row_step];
    const REAL *target = out + r * s->output_row_step * s->output_row_stride;
    UNROLL for (int i = 0; i < vectors; i++) {
      __builtin_prefetch(row + places->input[i] + reading, 0);
      __builtin_prefetch(target + places->output[i] + writing, 1);
    }
  }
}

/* Writes the first `count` elements of a vector. */
INLINE void SIZED(store)(REAL *target, const VEC *value, ptrdiff_t count) {
  if (count >= LANES) {
    *(LOOSE *)target = *value;
    return;
  }
  const REAL *from = (const REAL *)value;
  UNROLL for (ptrdiff_t part = LANES / 2; part > 0; part /= 2)
    if (count & part) {
      memcpy(target, from, (size_t)part * sizeof(REAL));
      target += part;
      from += part;
    }
}

/* `rows` are those of the block's first output row. */
INLINE void SIZED(block)(const direct_shape *s, const REAL *in, const ptrdiff_t *rows, const SIZED(places) *places,
                         const REAL *w, REAL *out, const int count, const int vectors, const int filters) {
  VEC acc[DIRECT_GROUP][ROWS][ROW_VECTORS];
  UNROLL for (int f = 0; f < filters; f++)
    UNROLL for (int r = 0; r < count; r++)
      UNROLL for (int i = 0; i < vectors; i++) acc[f][r][i] = (VEC){0};
  /* Small kernels wait for memory, others for arithmetic. */
  if (filters == 1 && s->phases->height <= 5) SIZED(prefetch)(s, in, rows, places, out, count, vectors);
  for (ptrdiff_t c = 0; c < s->channels; c++)
    for (ptrdiff_t p = 0; p < s->phase_count; p++) {
      const direct_phase *phase = s->phases + p;
      SIZED(phase)(s, phase, acc, in + c * s->input_plane_stride, rows, places->input, w, count, vectors, filters);
      w += phase->height * phase->width * filters;
    }
  const ptrdiff_t row_stride = s->output_row_step * s->output_row_stride;
  UNROLL for (int f = 0; f < filters; f++)
    UNROLL for (int r = 0; r < count; r++)
      UNROLL for (int i = 0; i < vectors; i++) {
        const VEC value = acc[f][r][i];
        SIZED(store)(out + f * s->output_plane_stride + r * row_stride + places->output[i], &value, s->output_width);
      }
}

/* The places of `vectors` vectors from `first` on, counted through the columns of all images. The last vector of a row
   ends with it, and the last block of all repeats its last vector. */
INLINE SIZED(places) SIZED(find)(const direct_shape *s, ptrdiff_t first, const int vectors) {
  const ptrdiff_t columns = (s->output_width + LANES - 1) / LANES, last = s->images * columns - 1;
  const ptrdiff_t end = s->output_width > LANES ? s->output_width - LANES : 0;
  SIZED(places) places;
  UNROLL for (int i = 0; i < vectors; i++) {
    const ptrdiff_t index = first + i < last ? first + i : last, image = index / columns;
    const ptrdiff_t start = index % columns * LANES, column = start < end ? start : end;
    places.input[i] = image * s->input_image_stride + column;
    places.output[i] = image * s->output_image_stride + column;
  }
  return places;
}

/* `count` output rows of all filters at `vectors` vectors. */
INLINE void SIZED(bank)(const direct_shape *s, const REAL *in, const ptrdiff_t *rows, const SIZED(places) *places,
                        const REAL *w, REAL *out, ptrdiff_t filters, ptrdiff_t taps, const int count,
                        const int vectors, const int group) {
  for (ptrdiff_t f = 0; f < filters; f += group)
    SIZED(block)(s, in, rows, places, w + f * taps, out + f * s->output_plane_stride, count, vectors, group);
}

/* `count` output rows, from `y` on, of all images. */
INLINE void SIZED(band)(const direct_shape *s, const REAL *in, const REAL *w, REAL *out, ptrdiff_t filters,
                        ptrdiff_t taps, ptrdiff_t y, const int count, const int vectors, const int group) {
  const ptrdiff_t total = s->images * ((s->output_width + LANES - 1) / LANES);
  const ptrdiff_t *rows = s->rows + y * s->row_stride;
  REAL *target = out + y * s->output_row_stride;
  for (ptrdiff_t q = 0; q < total; q += vectors) {
    const SIZED(places) places = SIZED(find)(s, q, vectors);
    if (q + 1 < total) SIZED(bank)(s, in, rows, &places, w, target, filters, taps, count, vectors, group);
    else SIZED(bank)(s, in, rows, &places, w, target, filters, taps, count, 1, group);
  }
}

/* All outputs of `filters` filters, a multiple of `group`. The last block of `count` rows ends with the image. */
INLINE void SIZED(planes)(const direct_shape *s, const REAL *in, const REAL *w, REAL *out, ptrdiff_t filters,
                          ptrdiff_t taps, const int count, const int vectors, const int few, const int group) {
  const ptrdiff_t step = s->output_row_step;
  for (ptrdiff_t first = 0; first < step && first < s->output_height; first++) {
    const ptrdiff_t rows = (s->output_height - first + step - 1) / step;
    if (rows < count)
      for (ptrdiff_t r = 0; r < rows; r++)
        SIZED(band)(s, in, w, out, filters, taps, first + r * step, 1, few, group);
    else
      for (ptrdiff_t r = 0; r < rows; r += count) {
        const ptrdiff_t row = r < rows - count ? r : rows - count;
        SIZED(band)(s, in, w, out, filters, taps, first + row * step, count, vectors, group);
      }
  }
}

/* The weights of one channel of one filter. */
INLINE ptrdiff_t SIZED(weights)(const direct_shape *s) {
  ptrdiff_t weights = 0;
  for (ptrdiff_t p = 0; p < s->phase_count; p++) weights += s->phases[p].height * s->phases[p].width;
  return weights;
}

TARGET static void SIZED(kernel_direct)(const direct_shape *s, const REAL *in, const REAL *packed, REAL *out) {
  const ptrdiff_t taps = s->channels * SIZED(weights)(s);
  const ptrdiff_t grouped = s->filters / DIRECT_GROUP * DIRECT_GROUP;
  if (grouped > 0)
    SIZED(planes)(s, in, packed, out, grouped, taps, GROUP_ROWS, GROUP_VECTORS, GROUP_VECTORS, DIRECT_GROUP);
  if (grouped < s->filters)
    SIZED(planes)(s, in, packed + grouped * taps, out + grouped * s->output_plane_stride, s->filters - grouped, taps,
                  ROWS, VECTORS, ROW_VECTORS, 1);
}

#include "direct_gradient.h"

#undef VEC
#undef LOOSE
#undef LANES
