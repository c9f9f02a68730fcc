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
