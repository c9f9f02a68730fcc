FOR_EACH_CPU void NAME(kernel_relu)(size_t n, REAL *values) {
  for (size_t i = 0; i < n; i++) values[i] = values[i] < 0 ? 0 : values[i];
}

FOR_EACH_CPU void NAME(kernel_relu_gradient)(size_t n, const REAL *restrict outputs, REAL *restrict gradient) {
  for (size_t i = 0; i < n; i++) gradient[i] = outputs[i] > 0 ? gradient[i] : 0;
}

void NAME(kernel_tanh)(size_t n, REAL *values) {
  for (size_t i = 0; i < n; i++) values[i] = TANH(values[i]);
}

FOR_EACH_CPU void NAME(kernel_tanh_gradient)(size_t n, const REAL *restrict outputs, REAL *restrict gradient) {
  for (size_t i = 0; i < n; i++) gradient[i] *= 1 - outputs[i] * outputs[i];
}

void NAME(kernel_sigmoid)(size_t n, REAL *values) {
  for (size_t i = 0; i < n; i++) values[i] = 1 / (1 + EXP(-values[i]));
}

FOR_EACH_CPU void NAME(kernel_sigmoid_gradient)(size_t n, const REAL *restrict outputs, REAL *restrict gradient) {
  for (size_t i = 0; i < n; i++) gradient[i] *= outputs[i] * (1 - outputs[i]);
}

FOR_EACH_CPU void NAME(kernel_leaky_relu)(size_t n, REAL slope, REAL *values) {
  for (size_t i = 0; i < n; i++) values[i] = values[i] < 0 ? slope * values[i] : values[i];
}

FOR_EACH_CPU void NAME(kernel_leaky_relu_gradient)(
    size_t n, REAL slope, const REAL *restrict outputs, REAL *restrict gradient) {
  for (size_t i = 0; i < n; i++) gradient[i] = outputs[i] > 0 ? gradient[i] : slope * gradient[i];
}

void NAME(kernel_gelu)(size_t n, int is_tanh, const REAL *restrict input, REAL *restrict output) {
  const REAL half = (REAL)0.5, root = (REAL)0.70710678118654752440, scale = (REAL)0.79788456080286535588;
  for (size_t i = 0; i < n; i++) {
    REAL x = input[i];
    output[i] = half * x * (1 + (is_tanh ? TANH(scale * (x + (REAL)0.044715 * x * x * x)) : ERF(root * x)));
  }
}

void NAME(kernel_gelu_gradient)(
    size_t n, int is_tanh, const REAL *restrict input, const REAL *restrict output_gradient,
    REAL *restrict input_gradient) {
  const REAL half = (REAL)0.5, root = (REAL)0.70710678118654752440, scale = (REAL)0.79788456080286535588;
  const REAL density = (REAL)0.39894228040143267794;
  for (size_t i = 0; i < n; i++) {
    REAL x = input[i], slope;
    if (is_tanh) {
      REAL t = TANH(scale * (x + (REAL)0.044715 * x * x * x));
      slope = half * (1 + t) + half * x * (1 - t * t) * scale * (1 + 3 * (REAL)0.044715 * x * x);
    } else {
      slope = half * (1 + ERF(root * x)) + x * density * EXP(-half * x * x);
    }
    input_gradient[i] = slope * output_gradient[i];
  }
}

void NAME(kernel_softmax)(size_t count, size_t channels, size_t size, REAL *values) {
  for (size_t i = 0; i < count; i++, values += channels * size)
    for (size_t k = 0; k < size; k++) {
      REAL *place = values + k, largest = *place, sum = 0;
      for (size_t c = 1; c < channels; c++) largest = place[c * size] > largest ? place[c * size] : largest;
      for (size_t c = 0; c < channels; c++) sum += place[c * size] = EXP(place[c * size] - largest);
      for (size_t c = 0; c < channels; c++) place[c * size] /= sum;
    }
}

void NAME(kernel_softmax_gradient)(
    size_t count, size_t channels, size_t size, const REAL *restrict outputs, REAL *restrict gradient) {
  for (size_t i = 0; i < count; i++, outputs += channels * size, gradient += channels * size)
    for (size_t k = 0; k < size; k++) {
      REAL sum = 0;
      for (size_t c = 0; c < channels; c++) sum += outputs[c * size + k] * gradient[c * size + k];
      for (size_t c = 0; c < channels; c++)
        gradient[c * size + k] = outputs[c * size + k] * (gradient[c * size + k] - sum);
    }
}
