/* The sums of one channel's plane, in vectors. */
static inline __attribute__((always_inline)) REAL NAME(plane_sum)(size_t n, const REAL *values) {
  _Pragma("clang fp reassociate(on)") REAL sum = 0;
  for (size_t k = 0; k < n; k++) sum += values[k];
  return sum;
}

static inline __attribute__((always_inline)) REAL NAME(plane_squares)(size_t n, REAL mean, const REAL *values) {
  _Pragma("clang fp reassociate(on)") REAL sum = 0;
  for (size_t k = 0; k < n; k++) sum += (values[k] - mean) * (values[k] - mean);
  return sum;
}

FOR_EACH_CPU void NAME(kernel_channel_moments)(
    kernel_channels s, const REAL *restrict values, double *restrict means, double *restrict squares) {
  const size_t item = s.channels * s.size;
  const double weight = 1 / (double)(s.count * s.size);
  for (size_t c = 0; c < s.channels; c++) means[c] = squares[c] = 0;
  if (s.size == 1) {
    for (size_t i = 0; i < s.count; i++)
      for (size_t c = 0; c < s.channels; c++) means[c] += values[i * item + c];
    for (size_t c = 0; c < s.channels; c++) means[c] *= weight;
    for (size_t i = 0; i < s.count; i++)
      for (size_t c = 0; c < s.channels; c++) {
        double distance = values[i * item + c] - means[c];
        squares[c] += distance * distance;
      }
    return;
  }
  for (size_t c = 0; c < s.channels; c++) {
    const REAL *plane = values + c * s.size;
    for (size_t i = 0; i < s.count; i++) means[c] += NAME(plane_sum)(s.size, plane + i * item);
    means[c] *= weight;
    for (size_t i = 0; i < s.count; i++)
      squares[c] += NAME(plane_squares)(s.size, (REAL)means[c], plane + i * item);
  }
}

/* The factors of so many channels at a time. */
#ifndef CHANNEL_BLOCK
#define CHANNEL_BLOCK 64
#endif

static inline __attribute__((always_inline)) double NAME(inverse_deviation)(kernel_statistics statistics, size_t c) {
  return 1 / __builtin_elementwise_sqrt(statistics.variance[c] + statistics.epsilon);
}

FOR_EACH_CPU void NAME(kernel_normalize)(
    kernel_channels s, kernel_statistics statistics, const REAL *restrict input, const REAL *restrict weight,
    const REAL *restrict bias, REAL *restrict output) {
  REAL mean[CHANNEL_BLOCK], scale[CHANNEL_BLOCK];
  for (size_t first = 0; first < s.channels; first += CHANNEL_BLOCK) {
    const size_t n = s.channels - first < CHANNEL_BLOCK ? s.channels - first : CHANNEL_BLOCK;
    for (size_t c = 0; c < n; c++) {
      mean[c] = (REAL)statistics.mean[first + c];
      scale[c] = (REAL)(weight[first + c] * NAME(inverse_deviation)(statistics, first + c));
    }
    const REAL *b = bias + first;
    for (size_t i = 0; i < s.count; i++) {
      const REAL *x = input + (i * s.channels + first) * s.size;
      REAL *y = output + (i * s.channels + first) * s.size;
      if (s.size == 1)
        for (size_t c = 0; c < n; c++) y[c] = (x[c] - mean[c]) * scale[c] + b[c];
      else
        for (size_t c = 0; c < n; c++, x += s.size, y += s.size)
          for (size_t k = 0; k < s.size; k++) y[k] = (x[k] - mean[c]) * scale[c] + b[c];
    }
  }
}

/* Adds to two sums those of g and of g * (x - mean) over one plane. */
static inline __attribute__((always_inline)) void NAME(plane_sums)(
    size_t n, REAL mean, const REAL *g, const REAL *x, double *total, double *total_product) {
  _Pragma("clang fp reassociate(on)") REAL sum = 0, product = 0;
  for (size_t k = 0; k < n; k++) {
    sum += g[k];
    product += g[k] * (x[k] - mean);
  }
  *total += sum;
  *total_product += product;
}

FOR_EACH_CPU void NAME(kernel_normalize_sums)(
    kernel_channels s, kernel_statistics statistics, const REAL *restrict gradient, const REAL *restrict input,
    double *restrict sums, double *restrict products) {
  for (size_t c = 0; c < s.channels; c++) sums[c] = products[c] = 0;
  if (s.size == 1) {
    for (size_t i = 0; i < s.count; i++)
      for (size_t c = 0; c < s.channels; c++) {
        const size_t k = i * s.channels + c;
        sums[c] += gradient[k];
        products[c] += gradient[k] * (input[k] - statistics.mean[c]);
      }
    return;
  }
  for (size_t i = 0; i < s.count; i++)
    for (size_t c = 0; c < s.channels; c++) {
      const size_t place = (i * s.channels + c) * s.size;
      NAME(plane_sums)(
          s.size, (REAL)statistics.mean[c], gradient + place, input + place, sums + c, products + c);
    }
}

FOR_EACH_CPU void NAME(kernel_normalize_gradient)(
    kernel_channels s, kernel_statistics statistics, const double *restrict means,
    const double *restrict mean_products, const REAL *restrict gradient, const REAL *restrict input,
    const REAL *restrict weight, REAL *restrict input_gradient) {
  REAL mean[CHANNEL_BLOCK], scale[CHANNEL_BLOCK], offset[CHANNEL_BLOCK], slope[CHANNEL_BLOCK];
  for (size_t first = 0; first < s.channels; first += CHANNEL_BLOCK) {
    const size_t n = s.channels - first < CHANNEL_BLOCK ? s.channels - first : CHANNEL_BLOCK;
    for (size_t c = 0; c < n; c++) {
      const double inverse = NAME(inverse_deviation)(statistics, first + c), factor = weight[first + c] * inverse;
      mean[c] = (REAL)statistics.mean[first + c];
      scale[c] = (REAL)factor;
      offset[c] = (REAL)(factor * means[first + c]);
      slope[c] = (REAL)(factor * inverse * inverse * mean_products[first + c]);
    }
    for (size_t i = 0; i < s.count; i++) {
      const size_t place = (i * s.channels + first) * s.size;
      const REAL *x = input + place, *g = gradient + place;
      REAL *target = input_gradient + place;
      if (s.size == 1) {
        for (size_t c = 0; c < n; c++)
          target[c] = scale[c] * g[c] - offset[c] - slope[c] * (x[c] - mean[c]);
        continue;
      }
      for (size_t c = 0; c < n; c++) {
        const size_t from = c * s.size, to = from + s.size;
        const REAL m = mean[c], a = scale[c], b = offset[c], d = slope[c];
        for (size_t k = from; k < to; k++) target[k] = a * g[k] - b - d * (x[k] - m);
      }
    }
  }
}

void NAME(kernel_normalize_parameter_gradient)(
    size_t channels, kernel_statistics statistics, const double *sums, const double *products, REAL *weight_gradient,
    REAL *bias_gradient) {
  for (size_t c = 0; c < channels; c++) {
    weight_gradient[c] += (REAL)(products[c] * NAME(inverse_deviation)(statistics, c));
    bias_gradient[c] += (REAL)sums[c];
  }
}

void NAME(kernel_follow)(size_t n, double share, double factor, const double *new_values, REAL *values) {
  for (size_t i = 0; i < n; i++) values[i] = (REAL)((1 - share) * values[i] + share * factor * new_values[i]);
}

/* The mean of a row and one over its standard deviation. */
static inline __attribute__((always_inline)) void NAME(row_statistics)(
    size_t n, double epsilon, const REAL *row, REAL *mean, REAL *scale) {
  *mean = NAME(plane_sum)(n, row) / (REAL)n;
  *scale = (REAL)(1 / sqrt(NAME(plane_squares)(n, *mean, row) / (double)n + epsilon));
}

FOR_EACH_CPU void NAME(kernel_layer_norm)(
    size_t rows, size_t n, double epsilon, const REAL *restrict input, const REAL *restrict weight,
    const REAL *restrict bias, REAL *restrict output) {
  for (size_t row = 0; row < rows; row++, input += n, output += n) {
    REAL mean, scale;
    NAME(row_statistics)(n, epsilon, input, &mean, &scale);
    for (size_t k = 0; k < n; k++)
      output[k] = (input[k] - mean) * scale * (weight ? weight[k] : 1) + (bias ? bias[k] : 0);
  }
}

static inline __attribute__((always_inline)) void NAME(row_sums)(
    size_t n, const REAL *gradient, const REAL *weight, const REAL *x, REAL mean, REAL scale, REAL *total,
    REAL *total_product) {
  _Pragma("clang fp reassociate(on)") REAL sum = 0, product = 0;
  for (size_t k = 0; k < n; k++) {
    REAL g = gradient[k] * (weight ? weight[k] : 1);
    sum += g;
    product += g * (x[k] - mean) * scale;
  }
  *total = sum;
  *total_product = product;
}

FOR_EACH_CPU void NAME(kernel_layer_norm_gradient)(
    size_t rows, size_t n, double epsilon, const REAL *restrict gradient, const REAL *restrict input,
    const REAL *restrict weight, REAL *restrict input_gradient) {
  for (size_t row = 0; row < rows; row++, input += n, gradient += n, input_gradient += n) {
    REAL mean, scale;
    NAME(row_statistics)(n, epsilon, input, &mean, &scale);
    REAL sum, product;
    NAME(row_sums)(n, gradient, weight, input, mean, scale, &sum, &product);
    for (size_t k = 0; k < n; k++) {
      REAL g = gradient[k] * (weight ? weight[k] : 1);
      input_gradient[k] = scale * (g - sum / (REAL)n - (input[k] - mean) * scale * product / (REAL)n);
    }
  }
}

FOR_EACH_CPU void NAME(kernel_layer_norm_parameter_gradient)(
    size_t rows, size_t n, double epsilon, const REAL *restrict gradient, const REAL *restrict input,
    REAL *restrict weight_gradient, REAL *restrict bias_gradient) {
  for (size_t row = 0; row < rows; row++, input += n, gradient += n) {
    REAL mean, scale;
    NAME(row_statistics)(n, epsilon, input, &mean, &scale);
    for (size_t k = 0; k < n; k++) {
      weight_gradient[k] += gradient[k] * (input[k] - mean) * scale;
      bias_gradient[k] += gradient[k];
    }
  }
}
