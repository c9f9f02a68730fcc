FOR_EACH_CPU void NAME(kernel_add_bias)(
    size_t count, size_t channels, size_t size, const REAL *restrict bias, REAL *restrict values) {
  for (size_t i = 0; i < count; i++) {
    if (size == 1) {
      for (size_t c = 0; c < channels; c++) values[c] += bias[c];
      values += channels;
      continue;
    }
    for (size_t c = 0; c < channels; c++, values += size)
      for (size_t k = 0; k < size; k++) values[k] += bias[c];
  }
}

FOR_EACH_CPU void NAME(kernel_bias_gradient)(
    size_t count, size_t channels, size_t size, const REAL *restrict values, REAL *restrict gradient) {
  for (size_t i = 0; i < count; i++) {
    if (size == 1) {
      for (size_t c = 0; c < channels; c++) gradient[c] += values[c];
      values += channels;
      continue;
    }
    for (size_t c = 0; c < channels; c++, values += size) {
      _Pragma("clang fp reassociate(on)") REAL sum = 0;
      for (size_t k = 0; k < size; k++) sum += values[k];
      gradient[c] += sum;
    }
  }
}

FOR_EACH_CPU void NAME(kernel_scale_planes)(
    size_t planes, size_t size, const REAL *restrict input, const REAL *restrict factors, REAL *restrict output) {
  for (size_t p = 0; p < planes; p++, input += size, output += size)
    for (size_t k = 0; k < size; k++) output[k] = factors[p] * input[k];
}

FOR_EACH_CPU void NAME(kernel_plane_products)(
    size_t planes, size_t size, const REAL *restrict a, const REAL *restrict b, REAL *restrict sums) {
  for (size_t p = 0; p < planes; p++, a += size, b += size) {
    _Pragma("clang fp reassociate(on)") REAL sum = 0;
    for (size_t k = 0; k < size; k++) sum += a[k] * b[k];
    sums[p] = sum;
  }
}
