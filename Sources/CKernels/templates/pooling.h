/* The windows of one output position, cut to the image. */
typedef struct {
  ptrdiff_t first, last;
} NAME(range);

static inline NAME(range) NAME(cut)(ptrdiff_t position, ptrdiff_t stride, ptrdiff_t padding, ptrdiff_t window, ptrdiff_t size) {
  ptrdiff_t first = position * stride - padding, last = first + window;
  return (NAME(range)){first < 0 ? 0 : first, last > size ? size : last};
}

/* The place of the first largest value in a window; a NaN counts as larger than any number. */
static inline const REAL *NAME(largest)(const REAL *plane, ptrdiff_t width, NAME(range) rows, NAME(range) columns) {
  const REAL *best = plane + rows.first * width + columns.first;
  for (ptrdiff_t y = rows.first; y < rows.last; y++)
    for (ptrdiff_t x = columns.first; x < columns.last; x++) {
      const REAL *candidate = plane + y * width + x;
      if (*candidate > *best || (*candidate != *candidate && *best == *best)) best = candidate;
    }
  return best;
}

/* Windows of 2x2 side by side, N of them at a time. */
#define PAIRS(N, EVENS, ODDS, MIX)                                                                              \
  typedef REAL NAME(half##N) __attribute__((vector_size(N * sizeof(REAL))));                                    \
  typedef REAL NAME(full##N) __attribute__((vector_size(2 * N * sizeof(REAL))));                                \
  typedef __typeof__((NAME(half##N)){0} > (NAME(half##N)){0}) NAME(mask##N);                                    \
                                                                                                                \
  static inline __attribute__((always_inline)) void NAME(pool_pairs##N)(                                        \
      const REAL *top, const REAL *bottom, REAL *output) {                                                      \
    NAME(full##N) t, b;                                                                                         \
    memcpy(&t, top, sizeof t);                                                                                  \
    memcpy(&b, bottom, sizeof b);                                                                               \
    __typeof__(t > b) lower = (b > t) | (b != b);                                                               \
    NAME(full##N) column = (NAME(full##N))(((__typeof__(lower))b & lower) | ((__typeof__(lower))t & ~lower));   \
    NAME(half##N) even = __builtin_shufflevector(column, column, EVENS);                                        \
    NAME(half##N) odd = __builtin_shufflevector(column, column, ODDS);                                          \
    NAME(mask##N) right = (odd > even) | (odd != odd);                                                          \
    NAME(half##N) largest = (NAME(half##N))(((NAME(mask##N))odd & right) | ((NAME(mask##N))even & ~right));     \
    memcpy(output, &largest, sizeof largest);                                                                   \
  }                                                                                                             \
                                                                                                                \
  static inline __attribute__((always_inline)) void NAME(spread_pairs##N)(                                      \
      const REAL *top, const REAL *bottom, const REAL *gradient, REAL *top_gradient, REAL *bottom_gradient) {   \
    NAME(full##N) t, s;                                                                                         \
    NAME(half##N) g;                                                                                            \
    memcpy(&t, top, sizeof t);                                                                                  \
    memcpy(&s, bottom, sizeof s);                                                                               \
    memcpy(&g, gradient, sizeof g);                                                                             \
    NAME(half##N) a = __builtin_shufflevector(t, t, EVENS), b = __builtin_shufflevector(t, t, ODDS);            \
    NAME(half##N) c = __builtin_shufflevector(s, s, EVENS), d = __builtin_shufflevector(s, s, ODDS);            \
    NAME(mask##N) at_a = (a != a) | ((a >= b) & (a >= c) & (a >= d));                                           \
    NAME(mask##N) at_b = ~at_a & ((b != b) | ((b >= c) & (b >= d)));                                            \
    NAME(mask##N) at_c = ~at_a & ~at_b & ((c != c) | (c >= d)), at_d = ~(at_a | at_b | at_c), bits = (NAME(mask##N))g;\
    NAME(half##N) ga = (NAME(half##N))(bits & at_a), gb = (NAME(half##N))(bits & at_b);                         \
    NAME(half##N) gc = (NAME(half##N))(bits & at_c), gd = (NAME(half##N))(bits & at_d);                         \
    NAME(full##N) upper = __builtin_shufflevector(ga, gb, MIX), lower = __builtin_shufflevector(gc, gd, MIX);   \
    memcpy(top_gradient, &upper, sizeof upper);                                                                 \
    memcpy(bottom_gradient, &lower, sizeof lower);                                                              \
  }

#define EVENS_8 0, 2, 4, 6, 8, 10, 12, 14
#define ODDS_8 1, 3, 5, 7, 9, 11, 13, 15
#define MIX_8 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15
#define EVENS_4 0, 2, 4, 6
#define ODDS_4 1, 3, 5, 7
#define MIX_4 0, 4, 1, 5, 2, 6, 3, 7

PAIRS(8, EVENS_8, ODDS_8, MIX_8)
PAIRS(4, EVENS_4, ODDS_4, MIX_4)

static inline int NAME(is_pairs)(kernel_windows w) {
  return w.window_height == 2 && w.window_width == 2 && w.stride_y == 2 && w.stride_x == 2 && w.top == 0 && w.left == 0;
}

/* One row of outputs of such windows, whose first row of samples is `top`. */
static inline __attribute__((always_inline)) void NAME(pool_pair_row)(
    const REAL *top, ptrdiff_t width, ptrdiff_t count, REAL *output) {
  ptrdiff_t x = 0;
  for (; x + 8 <= count; x += 8) NAME(pool_pairs8)(top + 2 * x, top + width + 2 * x, output + x);
  for (; x + 4 <= count; x += 4) NAME(pool_pairs4)(top + 2 * x, top + width + 2 * x, output + x);
  for (; x < count; x++) output[x] = *NAME(largest)(top, width, (NAME(range)){0, 2}, (NAME(range)){2 * x, 2 * x + 2});
}

/* Carries a row of gradients back to its windows; samples that are in no window are left alone. */
static inline __attribute__((always_inline)) void NAME(spread_pair_row)(
    const REAL *top, ptrdiff_t width, ptrdiff_t count, const REAL *gradient, REAL *target) {
  ptrdiff_t x = 0;
  for (; x + 8 <= count; x += 8)
    NAME(spread_pairs8)(top + 2 * x, top + width + 2 * x, gradient + x, target + 2 * x, target + width + 2 * x);
  for (; x + 4 <= count; x += 4)
    NAME(spread_pairs4)(top + 2 * x, top + width + 2 * x, gradient + x, target + 2 * x, target + width + 2 * x);
  for (; x < count; x++) {
    target[2 * x] = target[2 * x + 1] = target[width + 2 * x] = target[width + 2 * x + 1] = 0;
    target[NAME(largest)(top, width, (NAME(range)){0, 2}, (NAME(range)){2 * x, 2 * x + 2}) - top] = gradient[x];
  }
}

/* Rows of windows that cover their images, one after the other; `count` is a constant where it is inlined with one. */
static inline __attribute__((always_inline)) void NAME(pool_pair_rows)(
    ptrdiff_t rows, ptrdiff_t count, const REAL *restrict input, REAL *restrict output) {
  for (ptrdiff_t y = 0; y < rows; y++) NAME(pool_pair_row)(input + y * 4 * count, 2 * count, count, output + y * count);
}

static inline __attribute__((always_inline)) void NAME(spread_pair_rows)(
    ptrdiff_t rows, ptrdiff_t count, const REAL *restrict input, const REAL *restrict gradient, REAL *restrict target) {
  for (ptrdiff_t y = 0; y < rows; y++)
    NAME(spread_pair_row)(input + y * 4 * count, 2 * count, count, gradient + y * count, target + y * 4 * count);
}

static inline int NAME(is_covered_by_pairs)(kernel_windows w) {
  return NAME(is_pairs)(w) && 2 * w.output_width == w.width && 2 * w.output_height == w.height;
}

/* Rows of small images have one of these lengths. */
#define WITH_COUNT(ROWS, ROW_COUNT, COUNT, ...)              \
  switch (COUNT) {                                           \
    case 4: ROWS(ROW_COUNT, 4, __VA_ARGS__); break;          \
    case 8: ROWS(ROW_COUNT, 8, __VA_ARGS__); break;          \
    default: ROWS(ROW_COUNT, COUNT, __VA_ARGS__);            \
  }

FOR_EACH_CPU void NAME(kernel_max_pool)(size_t planes, kernel_windows w, const REAL *restrict input, REAL *restrict output) {
  if (NAME(is_covered_by_pairs)(w)) {
    WITH_COUNT(NAME(pool_pair_rows), (ptrdiff_t)planes * w.output_height, w.output_width, input, output)
    return;
  }
  int pairs = NAME(is_pairs)(w);
  for (size_t plane = 0; plane < planes; plane++, input += w.height * w.width)
    for (ptrdiff_t y = 0; y < w.output_height; y++, output += w.output_width) {
      if (pairs) {
        NAME(pool_pair_row)(input + 2 * y * w.width, w.width, w.output_width, output);
        continue;
      }
      NAME(range) rows = NAME(cut)(y, w.stride_y, w.top, w.window_height, w.height);
      for (ptrdiff_t x = 0; x < w.output_width; x++)
        output[x] = *NAME(largest)(input, w.width, rows, NAME(cut)(x, w.stride_x, w.left, w.window_width, w.width));
    }
}

FOR_EACH_CPU void NAME(kernel_max_pool_gradient)(
    size_t planes, kernel_windows w, const REAL *restrict input, const REAL *restrict output_gradient,
    REAL *restrict input_gradient) {
  if (NAME(is_covered_by_pairs)(w)) {
    ptrdiff_t rows = (ptrdiff_t)planes * w.output_height;
    WITH_COUNT(NAME(spread_pair_rows), rows, w.output_width, input, output_gradient, input_gradient)
    return;
  }
  int pairs = NAME(is_pairs)(w);
  memset(input_gradient, 0, planes * w.height * w.width * sizeof(REAL));
  for (size_t plane = 0; plane < planes; plane++, input += w.height * w.width, input_gradient += w.height * w.width)
    for (ptrdiff_t y = 0; y < w.output_height; y++, output_gradient += w.output_width) {
      if (pairs) {
        ptrdiff_t start = 2 * y * w.width;
        NAME(spread_pair_row)(input + start, w.width, w.output_width, output_gradient, input_gradient + start);
        continue;
      }
      NAME(range) rows = NAME(cut)(y, w.stride_y, w.top, w.window_height, w.height);
      for (ptrdiff_t x = 0; x < w.output_width; x++) {
        NAME(range) columns = NAME(cut)(x, w.stride_x, w.left, w.window_width, w.width);
        input_gradient[NAME(largest)(input, w.width, rows, columns) - input] += output_gradient[x];
      }
    }
}

#undef WITH_COUNT

static inline __attribute__((always_inline)) REAL NAME(window_sum)(
    const REAL *plane, ptrdiff_t width, NAME(range) rows, NAME(range) columns) {
  _Pragma("clang fp reassociate(on)") REAL sum = 0;
  if (columns.last - columns.first == width) {
    for (ptrdiff_t k = rows.first * width; k < rows.last * width; k++) sum += plane[k];
    return sum;
  }
  for (ptrdiff_t y = rows.first; y < rows.last; y++)
    for (ptrdiff_t x = columns.first; x < columns.last; x++) sum += plane[y * width + x];
  return sum;
}

FOR_EACH_CPU void NAME(kernel_average_pool)(
    size_t planes, kernel_windows w, const REAL *restrict input, REAL *restrict output) {
  REAL weight = (REAL)1 / (w.window_height * w.window_width);
  for (size_t plane = 0; plane < planes; plane++, input += w.height * w.width)
    for (ptrdiff_t y = 0; y < w.output_height; y++, output += w.output_width)
      for (ptrdiff_t x = 0; x < w.output_width; x++) {
        NAME(range) rows = NAME(cut)(y, w.stride_y, w.top, w.window_height, w.height);
        NAME(range) columns = NAME(cut)(x, w.stride_x, w.left, w.window_width, w.width);
        output[x] = weight * NAME(window_sum)(input, w.width, rows, columns);
      }
}

FOR_EACH_CPU void NAME(kernel_average_pool_gradient)(
    size_t planes, kernel_windows w, const REAL *restrict output_gradient, REAL *restrict input_gradient) {
  REAL weight = (REAL)1 / (w.window_height * w.window_width);
  memset(input_gradient, 0, planes * w.height * w.width * sizeof(REAL));
  for (size_t plane = 0; plane < planes; plane++, input_gradient += w.height * w.width)
    for (ptrdiff_t y = 0; y < w.output_height; y++, output_gradient += w.output_width)
      for (ptrdiff_t x = 0; x < w.output_width; x++) {
        NAME(range) rows = NAME(cut)(y, w.stride_y, w.top, w.window_height, w.height);
        NAME(range) columns = NAME(cut)(x, w.stride_x, w.left, w.window_width, w.width);
        REAL share = weight * output_gradient[x];
        for (ptrdiff_t i = rows.first; i < rows.last; i++)
          for (ptrdiff_t j = columns.first; j < columns.last; j++) input_gradient[i * w.width + j] += share;
      }
}
