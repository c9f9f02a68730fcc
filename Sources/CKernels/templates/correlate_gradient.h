/* The gradient of a unit-stride correlation with respect to its kernels, in vectors of WIDTH bytes that are no longer
   than a row of outputs. Included once per width. */

#define JOIN(base, width) NAME(base##width)
#define EXPAND(base, width) JOIN(base, width)
#define SIZED(base) EXPAND(base, WIDTH)
#define COUNT ((ptrdiff_t)(WIDTH / sizeof(REAL)))
typedef REAL SIZED(vec) __attribute__((vector_size(WIDTH)));
typedef REAL SIZED(loose_vec) __attribute__((vector_size(WIDTH), aligned(sizeof(REAL)), may_alias));
typedef __typeof__((SIZED(vec)){0} > (SIZED(vec)){0}) SIZED(mask);

/* What one vector of each filter's outputs adds for `taps` neighbouring weights; lanes outside `kept` add nothing. */
INLINE void SIZED(gradient_step)(const correlate_shape *s, SIZED(vec) acc[4][4], const REAL *in, const REAL *out,
                                 const SIZED(mask) *kept, const int taps, const int group) {
  SIZED(vec) d[4];
  UNROLL for (int f = 0; f < group; f++)
    d[f] = (SIZED(vec))((SIZED(mask))*(const SIZED(loose_vec) *)(out + f * s->output_plane_stride) & *kept);
  UNROLL for (int t = 0; t < taps; t++) {
    const SIZED(vec) values = *(const SIZED(loose_vec) *)(in + t);
    UNROLL for (int f = 0; f < group; f++) acc[f][t] += d[f] * values;
  }
}

/* The gradient of `taps` neighbouring weights of a kernel row in `group` filters. The last vector of a row ends with it
   and leaves out what the one before has counted. */
INLINE void SIZED(gradient_block)(const correlate_shape *s, const REAL *in, const REAL *out, REAL *gradient,
                                  const int taps, const int group) {
  const ptrdiff_t filter_stride = s->input_channels * s->kernel_height * s->kernel_width;
  const ptrdiff_t width = s->output_width, rest = width % COUNT, last = width - COUNT;
  SIZED(vec) acc[4][4];
  SIZED(mask) all, tail;
  UNROLL for (int i = 0; i < COUNT; i++) {
    all[i] = -1;
    tail[i] = i >= COUNT - rest ? -1 : 0;
  }
  UNROLL for (int f = 0; f < group; f++)
    UNROLL for (int t = 0; t < taps; t++) acc[f][t] = (SIZED(vec)){0};
  for (ptrdiff_t y = 0; y < s->output_height; y++) {
    const REAL *row = in + y * s->input_row_stride, *from = out + y * s->output_row_stride;
    for (ptrdiff_t x = 0; x <= last; x += COUNT) SIZED(gradient_step)(s, acc, row + x, from + x, &all, taps, group);
    if (rest > 0) SIZED(gradient_step)(s, acc, row + last, from + last, &tail, taps, group);
  }
  UNROLL for (int f = 0; f < group; f++)
    UNROLL for (int t = 0; t < taps; t++) {
      _Pragma("clang fp reassociate(on)") REAL sum = 0;
      UNROLL for (int i = 0; i < COUNT; i++) sum += acc[f][t][i];
      gradient[f * filter_stride + t] += sum;
    }
}

INLINE void SIZED(gradient_taps)(const correlate_shape *s, const REAL *in, const REAL *out, REAL *gradient,
                                 ptrdiff_t taps, const int group) {
  if (taps == 1) SIZED(gradient_block)(s, in, out, gradient, 1, group);
  else if (taps == 2) SIZED(gradient_block)(s, in, out, gradient, 2, group);
  else if (taps == 3) SIZED(gradient_block)(s, in, out, gradient, 3, group);
  else SIZED(gradient_block)(s, in, out, gradient, 4, group);
}

INLINE void SIZED(gradient_filters)(const correlate_shape *s, const REAL *in, const REAL *out, REAL *gradient,
                                    const int group) {
  const ptrdiff_t kh = s->kernel_height, kw = s->kernel_width;
  for (ptrdiff_t c = 0; c < s->input_channels; c++)
    for (ptrdiff_t u = 0; u < kh; u++)
      for (ptrdiff_t v = 0; v < kw; v += 4)
        SIZED(gradient_taps)(s, in + c * s->input_plane_stride + u * s->input_row_stride + v, out,
                             gradient + (c * kh + u) * kw + v, kw - v, group);
}

#undef JOIN
#undef EXPAND
#undef SIZED
#undef COUNT
