/* The extension of planes and its adjoint, for one REAL. Rows are short as often as long: what is left after whole
   chunks is moved in halves, quarters, ... of a chunk, without a call or a loop over elements. */

#define CHUNK ((ptrdiff_t)(64 / sizeof(REAL)))

#define MOVE(count, MOVE_PART)                                               \
  for (; count >= CHUNK; count -= CHUNK) MOVE_PART(CHUNK);                   \
  UNROLL for (ptrdiff_t part = CHUNK / 2; part > 0; part /= 2)               \
    if (count & part) MOVE_PART(part);

#define COPY_PART(part)                                   \
  do {                                                    \
    memcpy(target, source, (size_t)(part) * sizeof(REAL)); \
    target += part, source += part;                       \
  } while (0)

#define CLEAR_PART(part)                           \
  do {                                             \
    memset(target, 0, (size_t)(part) * sizeof(REAL)); \
    target += part;                                \
  } while (0)

INLINE void NAME(copy)(REAL *restrict target, const REAL *restrict source, ptrdiff_t count) { MOVE(count, COPY_PART) }

INLINE void NAME(clear)(REAL *target, ptrdiff_t count) { MOVE(count, CLEAR_PART) }

INLINE void NAME(extend_run)(const extension_run *run, const REAL *restrict row, REAL *restrict extended) {
  REAL *target = extended + run->target;
  if (run->source < 0) NAME(clear)(target, run->count);
  else if (run->step == 1) NAME(copy)(target, row + run->source, run->count);
  else
    for (ptrdiff_t i = 0; i < run->count; i++) target[i] = row[run->source + i * run->step];
}

INLINE void NAME(fold_run)(const extension_run *run, const REAL *restrict extended, REAL *restrict row) {
  const REAL *from = extended + run->target;
  if (run->source < 0) return;
  if (run->step == 1)
    for (ptrdiff_t i = 0; i < run->count; i++) row[run->source + i] += from[i];
  else
    for (ptrdiff_t i = 0; i < run->count; i++) row[run->source + i * run->step] += from[i];
}

/* The one run of neighbouring samples that short rows consist of, besides zeros, as zero padding has it; a null pointer where
   there is none. */
INLINE const extension_run *NAME(only_samples)(const extension_shape *s) {
  const extension_run *only = NULL;
  if (s->extended_row_stride > 4 * CHUNK) return NULL;
  for (ptrdiff_t r = 0; r < s->run_count; r++) {
    if (s->runs[r].source < 0) continue;
    if (only || s->runs[r].step != 1) return NULL;
    only = s->runs + r;
  }
  return only;
}

/* Copies the samples of all rows, or adds them back; `count` is a constant where it is inlined with one. */
INLINE void NAME(extend_rows)(const extension_shape *s, const extension_run *run, const REAL *restrict planes,
                              REAL *restrict extended, ptrdiff_t count) {
  for (ptrdiff_t plane = 0; plane < s->planes; plane++)
    for (ptrdiff_t i = 0; i < s->row_count; i++)
      if (s->rows[i] >= 0)
        NAME(copy)(extended + plane * s->extended_plane_stride + i * s->extended_row_stride + run->target,
                   planes + plane * s->plane_stride + s->rows[i] * s->row_stride + run->source, count);
}

INLINE void NAME(fold_rows)(const extension_shape *s, const extension_run *run, const REAL *restrict extended,
                            REAL *restrict planes, ptrdiff_t count) {
  for (ptrdiff_t plane = 0; plane < s->planes; plane++)
    for (ptrdiff_t i = 0; i < s->row_count; i++) {
      if (s->rows[i] < 0) continue;
      const REAL *from = extended + plane * s->extended_plane_stride + i * s->extended_row_stride + run->target;
      REAL *row = planes + plane * s->plane_stride + s->rows[i] * s->row_stride + run->source;
      for (ptrdiff_t k = 0; k < count; k++) row[k] += from[k];
    }
}

/* Rows of small images have one of these lengths. */
#define WITH_COUNT(ROWS, ...)                        \
  switch (run->count) {                              \
    case 4: ROWS(__VA_ARGS__, 4); break;             \
    case 8: ROWS(__VA_ARGS__, 8); break;             \
    case 16: ROWS(__VA_ARGS__, 16); break;           \
    case 32: ROWS(__VA_ARGS__, 32); break;           \
    default: ROWS(__VA_ARGS__, run->count);          \
  }

/* Clearing short rows as a whole, and neighbouring ones together, takes fewer steps than clearing their ends does. */
INLINE void NAME(extend_short)(const extension_shape *s, const extension_run *run, const REAL *planes, REAL *extended) {
  __builtin_prefetch(planes + s->planes * s->plane_stride);
  for (ptrdiff_t first = 0, end; first < s->row_count; first = end + 1) {
    for (end = first; end < s->row_count && (s->rows[end] >= 0 || s->writes_zero_rows);) end++;
    for (ptrdiff_t plane = 0; plane < s->planes; plane++)
      NAME(clear)(extended + plane * s->extended_plane_stride + first * s->extended_row_stride,
                  (end - first) * s->extended_row_stride);
  }
  WITH_COUNT(NAME(extend_rows), s, run, planes, extended)
}

INLINE void NAME(extend_planes)(const extension_shape *s, const REAL *planes, REAL *extended) {
  for (ptrdiff_t plane = 0; plane < s->planes; plane++)
    for (ptrdiff_t i = 0; i < s->row_count; i++) {
      REAL *target = extended + plane * s->extended_plane_stride + i * s->extended_row_stride;
      if (s->rows[i] >= 0)
        for (ptrdiff_t r = 0; r < s->run_count; r++)
          NAME(extend_run)(s->runs + r, planes + plane * s->plane_stride + s->rows[i] * s->row_stride, target);
      else if (s->writes_zero_rows) NAME(clear)(target, s->extended_row_stride);
    }
}

FOR_EACH_CPU void NAME(kernel_extend)(const extension_shape *s, const REAL *images, REAL *extended) {
  const extension_run *only = NAME(only_samples)(s);
  for (ptrdiff_t image = 0; image < s->images; image++) {
    const REAL *planes = images + image * s->image_stride;
    REAL *target = extended + image * s->extended_image_stride;
    if (only) NAME(extend_short)(s, only, planes, target);
    else NAME(extend_planes)(s, planes, target);
  }
}

FOR_EACH_CPU void NAME(kernel_fold)(const extension_shape *s, const REAL *extended, REAL *planes) {
  const extension_run *run = NAME(only_samples)(s);
  if (run) {
    WITH_COUNT(NAME(fold_rows), s, run, extended, planes)
    return;
  }
  for (ptrdiff_t plane = 0; plane < s->planes; plane++)
    for (ptrdiff_t i = 0; i < s->row_count; i++) {
      if (s->rows[i] < 0) continue;
      REAL *row = planes + plane * s->plane_stride + s->rows[i] * s->row_stride;
      const REAL *from = extended + plane * s->extended_plane_stride + i * s->extended_row_stride;
      for (ptrdiff_t r = 0; r < s->run_count; r++) NAME(fold_run)(s->runs + r, from, row);
    }
}

#undef CHUNK
#undef MOVE
#undef COPY_PART
#undef CLEAR_PART
#undef WITH_COUNT
