FOR_EACH_CPU void NAME(kernel_dropout)(size_t n, kernel_dropout_place place, REAL scale, REAL *values) {
  const uint64_t span = 4 * DROPOUT_BLOCKS, end = place.first + n;
  uint32_t bits[4][DROPOUT_BLOCKS];
  for (uint64_t start = place.first / span * span; start < end; start += span) {
    philox(place.key, place.step, start / 4, bits);
    uint64_t from = start < place.first ? place.first : start, to = start + span < end ? start + span : end;
    for (uint64_t i = from; i < to; i++) {
      REAL *value = values + (i - place.first);
      *value = bits[i % 4][(i - start) / 4] >= place.threshold ? *value * scale : 0;
    }
  }
}
