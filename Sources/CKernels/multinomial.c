#include <math.h>
#include <stdint.h>

#include "CKernels.h"
#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define LANES ((size_t)8)

typedef double lanes __attribute__((vector_size(64)));
typedef int64_t bits __attribute__((vector_size(64)));

#define CHOOSE(condition, yes, no) ((lanes)(((bits)(yes) & (condition)) | ((bits)(no) & ~(condition))))

/* e^x of x <= 0 to about one unit in the last place, 0 below -708: x = n log 2 + r, the power series of e^r. */
INLINE void exp_of_negative(lanes *x) {
  static const double inverse_factorials[] = {
    1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120,
    1.0 / 24, 1.0 / 6, 0.5, 1, 1
  };
  const lanes shift = (lanes){0} + 0x1.8p52;
  const lanes shifted = *x * 0x1.71547652b82fep0 + shift, n = shifted - shift;
  const lanes r = (*x - n * 0x1.62e42fefa0000p-1) - n * 0x1.cf79abc9e3b3ap-40;
  lanes power = (lanes){0} + 1.0 / 6227020800;
  for (size_t i = 0; i < sizeof inverse_factorials / sizeof *inverse_factorials; i++)
    power = power * r + inverse_factorials[i];
  const bits scaled = (bits)power + ((bits)shifted << 52);
  *x = CHOOSE(*x < -708, (lanes){0}, scaled);
}

/* `count` rows, at most LANES of them, beginning at z; the classes' numbers lie in `columns`. */
INLINE double slopes_of_rows(size_t count, size_t classes, double *z, const ptrdiff_t *labels, const double *weights,
                             double *curvatures, lanes *columns) {
  for (size_t c = 0; c < classes; c++)
    for (size_t r = 0; r < LANES; r++) columns[c][r] = z[(r < count ? r : 0) * classes + c];
  lanes largest = columns[0], sum = {0}, squares = {0};
  for (size_t c = 1; c < classes; c++) largest = CHOOSE(columns[c] > largest, columns[c], largest);
  lanes own = {0};
  for (size_t r = 0; r < count; r++) own[r] = z[r * classes + labels[r]];
  own -= largest;
  for (size_t c = 0; c < classes; c++) {
    columns[c] -= largest;
    exp_of_negative(columns + c);
    sum += columns[c];
  }
  for (size_t c = 0; c < classes; c++) {
    columns[c] /= sum;
    squares += columns[c] * columns[c];
  }
  double loss = 0;
  for (size_t r = 0; r < count; r++) {
    const double weight = weights ? weights[r] : 1, spread = 1 - squares[r];
    for (size_t c = 0; c < classes; c++) z[r * classes + c] = weight * columns[c][r];
    z[r * classes + labels[r]] -= weight;
    curvatures[r] = weight * (spread > 1e-9 ? spread : 1e-9) / (double)(classes - 1);
    loss += weight * (log(sum[r]) - own[r]);
  }
  return loss;
}

FOR_EACH_CPU double kernel_multinomial_slopes_d(size_t rows, size_t classes, double *z, const ptrdiff_t *labels,
                                                const double *weights, double *curvatures) {
  lanes columns[classes];
  double loss = 0;
  size_t r = 0;
  for (; r + LANES <= rows; r += LANES)
    loss += slopes_of_rows(LANES, classes, z + r * classes, labels + r, weights ? weights + r : 0, curvatures + r,
                           columns);
  if (r < rows)
    loss += slopes_of_rows(rows - r, classes, z + r * classes, labels + r, weights ? weights + r : 0, curvatures + r,
                           columns);
  return loss;
}
