FOR_EACH_CPU void NAME(kernel_sgd)(
    size_t n, kernel_sgd_step step, const REAL *restrict gradient, REAL *restrict velocity, REAL *restrict parameters) {
  REAL rate = step.rate, momentum = step.momentum, decay = step.decay;
  REAL ahead = step.nesterov ? momentum : 1, direct = step.nesterov ? 1 : 0;
  for (size_t i = 0; i < n; i++) {
    REAL g = gradient[i] + decay * parameters[i];
    velocity[i] = momentum * velocity[i] + g;
    parameters[i] -= rate * (direct * g + ahead * velocity[i]);
  }
}

FOR_EACH_CPU void NAME(kernel_adam)(
    size_t n, kernel_adam_step step, const REAL *restrict gradient, REAL *restrict first, REAL *restrict second,
    REAL *restrict parameters) {
  REAL rate = step.rate, beta1 = step.beta1, beta2 = step.beta2, rest1 = 1 - step.beta1, rest2 = 1 - step.beta2;
  REAL epsilon = step.epsilon, root_scale = step.root_scale, shrink = step.shrink, decay = step.decay;
  for (size_t i = 0; i < n; i++) {
    REAL g = gradient[i] + decay * parameters[i];
    first[i] = beta1 * first[i] + rest1 * g;
    second[i] = beta2 * second[i] + rest2 * g * g;
    REAL scale = __builtin_elementwise_sqrt(second[i]) * root_scale + epsilon;
    parameters[i] = shrink * parameters[i] - rate * first[i] / scale;
  }
}

FOR_EACH_CPU void NAME(kernel_rmsprop)(
    size_t n, kernel_rmsprop_step step, const REAL *restrict gradient, REAL *restrict squares, REAL *restrict velocity,
    REAL *restrict parameters) {
  REAL rate = step.rate, smoothing = step.smoothing, rest = 1 - step.smoothing, epsilon = step.epsilon;
  REAL momentum = step.momentum, decay = step.decay;
  for (size_t i = 0; i < n; i++) {
    REAL g = gradient[i] + decay * parameters[i];
    squares[i] = smoothing * squares[i] + rest * g * g;
    velocity[i] = momentum * velocity[i] + g / (__builtin_elementwise_sqrt(squares[i]) + epsilon);
    parameters[i] -= rate * velocity[i];
  }
}
