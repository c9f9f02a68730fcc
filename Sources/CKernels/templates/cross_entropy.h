double NAME(kernel_cross_entropy)(
    size_t rows, size_t classes, const REAL *restrict logits, const int32_t *restrict labels, REAL scale,
    REAL *restrict gradient) {
  double loss = 0;
  for (size_t row = 0; row < rows; row++, logits += classes, gradient += classes) {
    REAL largest = logits[0];
    for (size_t c = 1; c < classes; c++) largest = logits[c] > largest ? logits[c] : largest;
    REAL sum = 0;
    for (size_t c = 0; c < classes; c++) sum += gradient[c] = EXP(logits[c] - largest);
    REAL factor = scale / sum;
    for (size_t c = 0; c < classes; c++) gradient[c] *= factor;
    gradient[labels[row]] -= scale;
    loss += LOG(sum) + (largest - logits[labels[row]]);
  }
  return loss;
}
