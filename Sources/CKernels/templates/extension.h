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

/* The run that holds all samples of a short row, as zero padding has it; a null pointer where there is none. */
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

/* Clearing a short row as a whole takes fewer steps than clearing its ends does. */
INLINE void NAME(extend_row)(const extension_shape *s, const extension_run *only, const REAL *restrict row,
                             REAL *restrict target) {
  if (only) {
    __builtin_prefetch(row + 16 * CHUNK);
    NAME(clear)(target, s->extended_row_stride);
    NAME(copy)(target + only->target, row + only->source, only->count);
  } else {
    for (ptrdiff_t r = 0; r < s->run_count; r++) NAME(extend_run)(s->runs + r, row, target);
  }
}

INLINE void NAME(extend_planes)(const extension_shape *s, const extension_run *only, const REAL *planes,
                                REAL *extended) {
  for (ptrdiff_t plane = 0; plane < s->planes; plane++)
    for (ptrdiff_t i = 0; i < s->row_count; i++) {
      REAL *target = extended + plane * s->extended_plane_stride + i * s->extended_row_stride;
      if (s->rows[i] >= 0)
        NAME(extend_row)(s, only, planes + plane * s->plane_stride + s->rows[i] * s->row_stride, target);
      else if (s->writes_zero_rows) NAME(clear)(target, s->extended_row_stride);
    }
}

FOR_EACH_CPU void NAME(kernel_extend)(const extension_shape *s, const REAL *images, REAL *extended) {
  const extension_run *only = NAME(only_samples)(s);
  for (ptrdiff_t image = 0; image < s->images; image++)
    NAME(extend_planes)(s, only, images + image * s->image_stride, extended + image * s->extended_image_stride);
}

FOR_EACH_CPU void NAME(kernel_fold)(const extension_shape *s, const REAL *extended, REAL *planes) {
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
