/* The outputs of one row whose window's column u meets the image. */
#ifndef LOCAL_ROW
#define LOCAL_ROW
typedef struct {
  ptrdiff_t first, last, offset;
} local_row;

static inline local_row met_outputs(const kernel_windows *w, ptrdiff_t v) {
  ptrdiff_t offset = v - w->left, first = offset < 0 ? (-offset + w->stride_x - 1) / w->stride_x : 0;
  ptrdiff_t last = w->width - 1 - offset < 0 ? 0 : (w->width - 1 - offset) / w->stride_x + 1;
  return (local_row){first, last < w->output_width ? last : w->output_width, offset};
}
#endif

/* Calls BODY for each row of units that meets a row of the image, for every item, filter, channel and weight: `unit` is
   its place among the outputs of the item, `weight` that of its weights, `sample` that of the row in the image. */
#define FOR_EACH_LOCAL_ROW(BODY)                                                                       \
  const ptrdiff_t area = w.output_height * w.output_width, taps = w.window_height * w.window_width;    \
  for (size_t f = 0; f < filters; f++)                                                                 \
    for (size_t c = 0; c < channels; c++)                                                              \
      for (ptrdiff_t t = 0; t < taps; t++) {                                                           \
        const ptrdiff_t u = t / w.window_width;                                                        \
        const local_row row = met_outputs(&w, t % w.window_width);                                     \
        for (ptrdiff_t y = 0; y < w.output_height; y++) {                                              \
          const ptrdiff_t source = y * w.stride_y + u - w.top;                                         \
          if (source < 0 || source >= w.height) continue;                                              \
          const ptrdiff_t unit = f * area + y * w.output_width;                                        \
          const ptrdiff_t weight = ((f * channels + c) * taps + t) * area + y * w.output_width;        \
          const ptrdiff_t sample = (c * w.height + source) * w.width + row.offset;                     \
          for (ptrdiff_t x = row.first; x < row.last; x++) BODY                                        \
        }                                                                                              \
      }

FOR_EACH_CPU void NAME(kernel_local)(
    size_t count, size_t channels, size_t filters, kernel_windows w, const REAL *restrict input,
    const REAL *restrict weights, REAL *restrict output) {
  const size_t inputs = channels * w.height * w.width, outputs = filters * w.output_height * w.output_width;
  memset(output, 0, count * outputs * sizeof(REAL));
  for (size_t i = 0; i < count; i++, input += inputs, output += outputs) {
    FOR_EACH_LOCAL_ROW({ output[unit + x] += weights[weight + x] * input[sample + x * w.stride_x]; })
  }
}

FOR_EACH_CPU void NAME(kernel_local_input_gradient)(
    size_t count, size_t channels, size_t filters, kernel_windows w, const REAL *restrict output_gradient,
    const REAL *restrict weights, REAL *restrict input_gradient) {
  const size_t inputs = channels * w.height * w.width, outputs = filters * w.output_height * w.output_width;
  memset(input_gradient, 0, count * inputs * sizeof(REAL));
  for (size_t i = 0; i < count; i++, input_gradient += inputs, output_gradient += outputs) {
    FOR_EACH_LOCAL_ROW({ input_gradient[sample + x * w.stride_x] += weights[weight + x] * output_gradient[unit + x]; })
  }
}

FOR_EACH_CPU void NAME(kernel_local_weight_gradient)(
    size_t count, size_t channels, size_t filters, kernel_windows w, const REAL *restrict output_gradient,
    const REAL *restrict input, REAL *restrict weight_gradient) {
  const size_t inputs = channels * w.height * w.width, outputs = filters * w.output_height * w.output_width;
  for (size_t i = 0; i < count; i++, input += inputs, output_gradient += outputs) {
    FOR_EACH_LOCAL_ROW({ weight_gradient[weight + x] += output_gradient[unit + x] * input[sample + x * w.stride_x]; })
  }
}

#undef FOR_EACH_LOCAL_ROW
