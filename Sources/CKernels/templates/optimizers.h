FOR_EACH_CPU void NAME(kernel_sgd)(
    size_t n, REAL rate, REAL momentum, REAL decay, const REAL *restrict gradient, REAL *restrict velocity,
    REAL *restrict parameters) {
  for (size_t i = 0; i < n; i++) {
    velocity[i] = momentum * velocity[i] + (gradient[i] + decay * parameters[i]);
    parameters[i] -= rate * velocity[i];
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
