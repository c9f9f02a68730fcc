/* Images on the grid of a transform and back, for one REAL. Included once per precision. */

/* The samples of one row, `step` apart, as the real parts of a row of the grid. */
INLINE void NAME(pack_single)(ptrdiff_t count, ptrdiff_t step, const REAL *restrict a, REAL *restrict grid) {
  for (ptrdiff_t x = 0; x < count; x++) {
    grid[2 * x] = a[x * step];
    grid[2 * x + 1] = 0;
  }
}

INLINE void NAME(pack_both)(ptrdiff_t count, ptrdiff_t step, const REAL *restrict a, const REAL *restrict b,
                            REAL b_scale, REAL *restrict grid) {
  for (ptrdiff_t x = 0; x < count; x++) {
    grid[2 * x] = a[x * step];
    grid[2 * x + 1] = b_scale * b[x * step];
  }
}

FOR_EACH_CPU void NAME(kernel_pack_pair)(const grid_items *s, const REAL *a, const REAL *b, REAL b_scale,
                                          REAL *grid) {
  const size_t rest = (size_t)(s->grid_columns - s->columns) * 2 * sizeof(REAL);
  for (ptrdiff_t y = 0; y < s->rows; y++, grid += 2 * s->grid_columns) {
    const REAL *row = a + y * s->row_stride;
    if (!b) NAME(pack_single)(s->columns, s->step, row, grid);
    else if (s->step == 1) NAME(pack_both)(s->columns, 1, row, b + y * s->row_stride, b_scale, grid);
    else NAME(pack_both)(s->columns, s->step, row, b + y * s->row_stride, b_scale, grid);
    memset(grid + 2 * s->columns, 0, rest);
  }
  memset(grid, 0, (size_t)(s->grid_rows - s->rows) * s->grid_columns * 2 * sizeof(REAL));
}

INLINE void NAME(unpack_part)(ptrdiff_t count, ptrdiff_t step, const REAL *restrict grid, REAL scale, REAL *restrict a) {
  for (ptrdiff_t x = 0; x < count; x++) a[x * step] = scale * grid[2 * x];
}

FOR_EACH_CPU void NAME(kernel_unpack_pair)(const grid_items *s, const REAL *grid, REAL a_scale, REAL b_scale,
                                            REAL *a, REAL *b) {
  for (ptrdiff_t y = 0; y < s->rows; y++, grid += 2 * s->grid_columns) {
    if (s->step == 1) NAME(unpack_part)(s->columns, 1, grid, a_scale, a + y * s->row_stride);
    else NAME(unpack_part)(s->columns, s->step, grid, a_scale, a + y * s->row_stride);
    if (b) {
      if (s->step == 1) NAME(unpack_part)(s->columns, 1, grid + 1, b_scale, b + y * s->row_stride);
      else NAME(unpack_part)(s->columns, s->step, grid + 1, b_scale, b + y * s->row_stride);
    }
  }
}

FOR_EACH_CPU void NAME(kernel_pack_plane)(const grid_items *s, const REAL *a, REAL *grid) {
  const size_t rest = (size_t)(s->grid_columns - s->columns) * sizeof(REAL);
  for (ptrdiff_t y = 0; y < s->rows; y++, grid += s->grid_columns) {
    const REAL *row = a + y * s->row_stride;
    if (s->step == 1) memcpy(grid, row, (size_t)s->columns * sizeof(REAL));
    else
      for (ptrdiff_t x = 0; x < s->columns; x++) grid[x] = row[x * s->step];
    memset(grid + s->columns, 0, rest);
  }
  memset(grid, 0, (size_t)(s->grid_rows - s->rows) * s->grid_columns * sizeof(REAL));
}

FOR_EACH_CPU void NAME(kernel_unpack_plane)(const grid_items *s, const REAL *grid, REAL scale, REAL *a) {
  for (ptrdiff_t y = 0; y < s->rows; y++, grid += s->grid_columns) {
    REAL *row = a + y * s->row_stride;
    if (s->step == 1)
      for (ptrdiff_t x = 0; x < s->columns; x++) row[x] = scale * grid[x];
    else
      for (ptrdiff_t x = 0; x < s->columns; x++) row[x * s->step] = scale * grid[x];
  }
}

FOR_EACH_CPU void NAME(kernel_place_weights)(const weight_places *s, const REAL *weights, REAL *grid) {
  memset(grid, 0, (size_t)(s->grid_rows * s->grid_columns * s->grid_step) * sizeof(REAL));
  for (ptrdiff_t i = 0; i < s->rows; i++) {
    const REAL *from = weights + s->row_items[i] * s->weight_columns;
    REAL *row = grid + s->row_places[i] * s->grid_columns * s->grid_step;
    for (ptrdiff_t j = 0; j < s->columns; j++) row[s->column_places[j] * s->grid_step] += from[s->column_items[j]];
  }
}

FOR_EACH_CPU void NAME(kernel_collect_weights)(const weight_places *s, const REAL *grid, REAL scale, REAL *weights) {
  for (ptrdiff_t i = 0; i < s->rows; i++) {
    REAL *to = weights + s->row_items[i] * s->weight_columns;
    const REAL *row = grid + s->row_places[i] * s->grid_columns * s->grid_step;
    for (ptrdiff_t j = 0; j < s->columns; j++) to[s->column_items[j]] += scale * row[s->column_places[j] * s->grid_step];
  }
}

FOR_EACH_CPU void NAME(kernel_copy_blocks)(ptrdiff_t blocks, const REAL *from, ptrdiff_t from_stride, REAL *to,
                                           ptrdiff_t to_stride) {
  for (ptrdiff_t i = 0; i < blocks; i++) memcpy(to + i * to_stride, from + i * from_stride, SPECTRAL_BLOCK_BYTES);
}
