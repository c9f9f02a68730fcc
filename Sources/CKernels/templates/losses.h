double NAME(kernel_cross_entropy)(
    size_t rows, size_t classes, const REAL *restrict logits, const REAL *restrict targets,
    const REAL *restrict weights, REAL smoothing, REAL scale, REAL *restrict gradient) {
  const REAL kept = 1 - smoothing, spread = smoothing / classes;
  double loss = 0;
  for (size_t row = 0; row < rows; row++, logits += classes, targets += classes, gradient += classes) {
    REAL largest = logits[0];
    for (size_t c = 1; c < classes; c++) largest = logits[c] > largest ? logits[c] : largest;
    REAL sum = 0, weight = 0;
    for (size_t c = 0; c < classes; c++) sum += gradient[c] = EXP(logits[c] - largest);
    REAL logarithm = LOG(sum);
    for (size_t c = 0; c < classes; c++) {
      REAL share = (kept * targets[c] + spread) * (weights ? weights[c] : 1);
      weight += share;
      if (share != 0) loss += share * (logarithm + (largest - logits[c]));
    }
    REAL factor = scale * weight / sum;
    for (size_t c = 0; c < classes; c++)
      gradient[c] = factor * gradient[c] - scale * (kept * targets[c] + spread) * (weights ? weights[c] : 1);
  }
  return loss;
}

double NAME(kernel_sum_loss)(
    size_t n, kernel_loss loss, REAL delta, const REAL *restrict outputs, const REAL *restrict targets, REAL scale,
    REAL *restrict gradient) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    REAL x = outputs[i], d = x - targets[i], magnitude = d < 0 ? -d : d, sign = (d > 0) - (d < 0);
    switch (loss) {
      case kernel_squared_loss:
        sum += d * d;
        gradient[i] = 2 * scale * d;
        break;
      case kernel_absolute_loss:
        sum += magnitude;
        gradient[i] = scale * sign;
        break;
      case kernel_huber_loss:
        sum += magnitude <= delta ? d * d / 2 : delta * (magnitude - delta / 2);
        gradient[i] = scale * (magnitude <= delta ? d : delta * sign);
        break;
      case kernel_logistic_loss: {
        REAL tail = EXP(x < 0 ? x : -x);
        sum += (x > 0 ? x : 0) - x * targets[i] + LOG(1 + tail);
        gradient[i] = scale * ((x < 0 ? tail : 1) / (1 + tail) - targets[i]);
      }
    }
  }
  return sum;
}

double NAME(kernel_dice_loss)(
    size_t rows, size_t n, REAL smoothing, const REAL *restrict logits, const REAL *restrict targets, REAL scale,
    REAL *restrict gradient) {
  double loss = 0;
  for (size_t row = 0; row < rows; row++, logits += n, targets += n, gradient += n) {
    double overlap = smoothing, size = smoothing;
    for (size_t i = 0; i < n; i++) {
      REAL p = 1 / (1 + EXP(-logits[i]));
      gradient[i] = p;
      overlap += 2 * p * targets[i];
      size += p + targets[i];
    }
    loss += 1 - overlap / size;
    for (size_t i = 0; i < n; i++) {
      REAL p = gradient[i];
      gradient[i] = scale * (REAL)((overlap - 2 * targets[i] * size) / (size * size)) * p * (1 - p);
    }
  }
  return loss;
}
