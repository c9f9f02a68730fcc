/* Fourier transforms with an image in each lane, for one REAL. Included once per precision.

   Source: the self-sorting passes of T. G. Stockham, High-speed convolution and correlation, AFIPS 1966. */

INLINE COMPLEX NAME(plus)(COMPLEX a, COMPLEX b) { return (COMPLEX){a.re + b.re, a.im + b.im}; }
INLINE COMPLEX NAME(minus)(COMPLEX a, COMPLEX b) { return (COMPLEX){a.re - b.re, a.im - b.im}; }
INLINE COMPLEX NAME(plus_times)(COMPLEX a, REAL c, COMPLEX b) { return (COMPLEX){a.re + c * b.re, a.im + c * b.im}; }
INLINE COMPLEX NAME(plus_times_i)(COMPLEX a, REAL c, COMPLEX b) {
  return (COMPLEX){a.re - c * b.im, a.im + c * b.re};
}
INLINE COMPLEX NAME(turned)(COMPLEX a, REAL re, REAL im) {
  return (COMPLEX){re * a.re - im * a.im, re * a.im + im * a.re};
}

/* The transforms of 2 to 8 points in place; the sign is that of the exponent. */
INLINE void NAME(points2)(COMPLEX *x) {
  const COMPLEX a = x[0];
  x[0] = NAME(plus)(a, x[1]);
  x[1] = NAME(minus)(a, x[1]);
}

INLINE void NAME(points3)(COMPLEX *x, REAL sign) {
  const REAL sine = sign * (REAL)0.86602540378443864676;
  const COMPLEX sum = NAME(plus)(x[1], x[2]), difference = NAME(minus)(x[1], x[2]);
  const COMPLEX middle = NAME(plus_times)(x[0], (REAL)-0.5, sum);
  x[0] = NAME(plus)(x[0], sum);
  x[1] = NAME(plus_times_i)(middle, sine, difference);
  x[2] = NAME(plus_times_i)(middle, -sine, difference);
}

INLINE void NAME(points4)(COMPLEX *x, REAL sign) {
  const COMPLEX a = NAME(plus)(x[0], x[2]), b = NAME(minus)(x[0], x[2]);
  const COMPLEX c = NAME(plus)(x[1], x[3]), d = NAME(minus)(x[1], x[3]);
  x[0] = NAME(plus)(a, c);
  x[1] = NAME(plus_times_i)(b, sign, d);
  x[2] = NAME(minus)(a, c);
  x[3] = NAME(plus_times_i)(b, -sign, d);
}

INLINE void NAME(points5)(COMPLEX *x, REAL sign) {
  const REAL c1 = (REAL)0.30901699437494742410, c2 = (REAL)-0.80901699437494742410;
  const REAL s1 = sign * (REAL)0.95105651629515357212, s2 = sign * (REAL)0.58778525229247312917;
  const COMPLEX a = NAME(plus)(x[1], x[4]), b = NAME(plus)(x[2], x[3]);
  const COMPLEX c = NAME(minus)(x[1], x[4]), d = NAME(minus)(x[2], x[3]);
  const COMPLEX e = NAME(plus_times)(NAME(plus_times)(x[0], c1, a), c2, b);
  const COMPLEX f = NAME(plus_times)(NAME(plus_times)(x[0], c2, a), c1, b);
  x[0] = NAME(plus)(NAME(plus)(x[0], a), b);
  x[1] = NAME(plus_times_i)(NAME(plus_times_i)(e, s1, c), s2, d);
  x[2] = NAME(plus_times_i)(NAME(plus_times_i)(f, s2, c), -s1, d);
  x[3] = NAME(plus_times_i)(NAME(plus_times_i)(f, -s2, c), s1, d);
  x[4] = NAME(plus_times_i)(NAME(plus_times_i)(e, -s1, c), -s2, d);
}

INLINE void NAME(points6)(COMPLEX *x, REAL sign) {
  COMPLEX even[3] = {x[0], x[2], x[4]}, odd[3] = {x[3], x[5], x[1]};
  NAME(points3)(even, sign);
  NAME(points3)(odd, sign);
  UNROLL for (int k = 0; k < 3; k++) {
    x[4 * k % 6] = NAME(plus)(even[k], odd[k]);
    x[(4 * k + 3) % 6] = NAME(minus)(even[k], odd[k]);
  }
}

INLINE void NAME(points8)(COMPLEX *x, REAL sign) {
  const REAL half = (REAL)0.70710678118654752440;
  COMPLEX even[4] = {x[0], x[2], x[4], x[6]}, odd[4] = {x[1], x[3], x[5], x[7]};
  NAME(points4)(even, sign);
  NAME(points4)(odd, sign);
  odd[1] = NAME(turned)(odd[1], half, sign * half);
  odd[3] = NAME(turned)(odd[3], -half, sign * half);
  x[0] = NAME(plus)(even[0], odd[0]);
  x[4] = NAME(minus)(even[0], odd[0]);
  x[1] = NAME(plus)(even[1], odd[1]);
  x[5] = NAME(minus)(even[1], odd[1]);
  x[2] = NAME(plus_times_i)(even[2], sign, odd[2]);
  x[6] = NAME(plus_times_i)(even[2], -sign, odd[2]);
  x[3] = NAME(plus)(even[3], odd[3]);
  x[7] = NAME(minus)(even[3], odd[3]);
}

/* One pass on [radix, parts, span] to [parts, radix, span]. Each point is a row of `columns` numbers; rows are a stride
   apart. */
typedef struct {
  ptrdiff_t radix, parts, span, columns, in_stride, out_stride, root_count;
} NAME(lane_pass);

INLINE void NAME(fixed_pass)(const int radix, const NAME(lane_pass) * s, const REAL *roots, REAL sign,
                             const COMPLEX *in, COMPLEX *out) {
  const ptrdiff_t in_step = s->span * s->parts * s->in_stride, out_step = s->span * s->out_stride;
  for (ptrdiff_t part = 0; part < s->parts; part++) {
    const REAL *root[8];
    UNROLL for (int j = 1; j < radix; j++) root[j] = roots + 2 * (part * j * s->span);
    for (ptrdiff_t place = 0; place < s->span; place++) {
      const COMPLEX *from = in + (place + s->span * part) * s->in_stride;
      COMPLEX *to = out + (place + s->span * radix * part) * s->out_stride;
      for (ptrdiff_t column = 0; column < s->columns; column++, from++, to++) {
        COMPLEX x[8];
        UNROLL for (int k = 0; k < radix; k++) x[k] = from[k * in_step];
        if (radix == 2) NAME(points2)(x);
        if (radix == 3) NAME(points3)(x, sign);
        if (radix == 4) NAME(points4)(x, sign);
        if (radix == 5) NAME(points5)(x, sign);
        if (radix == 6) NAME(points6)(x, sign);
        if (radix == 8) NAME(points8)(x, sign);
        to[0] = x[0];
        if (part == 0) UNROLL for (int j = 1; j < radix; j++) to[j * out_step] = x[j];
        else UNROLL for (int j = 1; j < radix; j++)
          to[j * out_step] = NAME(turned)(x[j], root[j][0], -sign * root[j][1]);
      }
    }
  }
}

/* The same for any radix, by the definition. */
INLINE void NAME(any_pass)(const NAME(lane_pass) * s, const REAL *roots, REAL sign, const COMPLEX *in, COMPLEX *out) {
  const ptrdiff_t step = s->root_count / s->radix;
  for (ptrdiff_t part = 0; part < s->parts; part++)
    for (ptrdiff_t place = 0; place < s->span; place++)
      for (ptrdiff_t j = 0; j < s->radix; j++)
        for (ptrdiff_t column = 0; column < s->columns; column++) {
          COMPLEX sum = {(VEC){0}, (VEC){0}};
          for (ptrdiff_t k = 0; k < s->radix; k++) {
            const REAL *root = roots + 2 * ((j * k * step + part * j * s->span) % s->root_count);
            const COMPLEX x = in[(place + s->span * (part + s->parts * k)) * s->in_stride + column];
            sum = NAME(plus)(sum, NAME(turned)(x, root[0], -sign * root[1]));
          }
          out[(place + s->span * (s->radix * part + j)) * s->out_stride + column] = sum;
        }
}

/* Transforms `columns` columns side by side, from rows a stride apart to rows a stride apart. Scratch takes 2 * columns *
   t->count numbers; in and out may not overlap. */
INLINE void NAME(transform)(const lane_transform *t, const REAL *roots, REAL sign, ptrdiff_t columns, const COMPLEX *in,
                            ptrdiff_t in_stride, COMPLEX *out, ptrdiff_t out_stride, COMPLEX *scratch) {
  NAME(lane_pass) s = {.parts = t->count, .span = 1, .columns = columns, .root_count = t->count};
  for (ptrdiff_t pass = 0; pass < t->passes; pass++) {
    const int is_first = pass == 0, is_last = pass == t->passes - 1;
    COMPLEX *halves[2] = {scratch, scratch + columns * t->count};
    const COMPLEX *from = is_first ? in : halves[pass & 1];
    COMPLEX *to = is_last ? out : halves[~pass & 1];
    s.in_stride = is_first ? in_stride : columns;
    s.out_stride = is_last ? out_stride : columns;
    s.radix = t->radices[pass];
    s.parts /= s.radix;
    switch (s.radix) {
      case 2: NAME(fixed_pass)(2, &s, roots, sign, from, to); break;
      case 3: NAME(fixed_pass)(3, &s, roots, sign, from, to); break;
      case 4: NAME(fixed_pass)(4, &s, roots, sign, from, to); break;
      case 5: NAME(fixed_pass)(5, &s, roots, sign, from, to); break;
      case 6: NAME(fixed_pass)(6, &s, roots, sign, from, to); break;
      case 8: NAME(fixed_pass)(8, &s, roots, sign, from, to); break;
      default: NAME(any_pass)(&s, roots, sign, from, to);
    }
    s.span *= s.radix;
  }
}

FOR_EACH_CPU void NAME(kernel_lane_columns)(const lane_transform *t, const REAL *roots, int inverse, ptrdiff_t columns,
                                            const REAL *in, REAL *out, REAL *scratch) {
  const ptrdiff_t block = 4;
  const REAL sign = inverse ? 1 : -1;
  for (ptrdiff_t first = 0; first < columns; first += block) {
    const ptrdiff_t width = columns - first < block ? columns - first : block;
    NAME(transform)(t, roots, sign, width, (const COMPLEX *)in + first, columns, (COMPLEX *)out + first, columns,
                    (COMPLEX *)scratch);
  }
}

/* Two rows at a time, as the real and imaginary parts of one. */
FOR_EACH_CPU void NAME(kernel_lane_real_rows)(const lane_transform *t, const REAL *roots, ptrdiff_t rows, const REAL *in,
                                              REAL *out, REAL *scratch) {
  const ptrdiff_t count = t->count, half = count / 2 + 1;
  COMPLEX *pair = (COMPLEX *)scratch, *passes = pair + count;
  for (ptrdiff_t row = 0; row < rows; row += 2) {
    const int is_single = row + 1 == rows;
    const VEC *a = (const VEC *)in + row * count, *b = a + count;
    for (ptrdiff_t i = 0; i < count; i++) pair[i] = (COMPLEX){a[i], is_single ? (VEC){0} : b[i]};
    COMPLEX *x = (COMPLEX *)out + row * half, *y = x + half;
    NAME(transform)(t, roots, -1, 1, pair, 1, passes, 1, passes + count);
    for (ptrdiff_t k = 0; k < half; k++) {
      const COMPLEX z = passes[k], w = passes[k == 0 ? 0 : count - k];
      x[k] = (COMPLEX){(REAL)0.5 * (z.re + w.re), (REAL)0.5 * (z.im - w.im)};
      if (!is_single) y[k] = (COMPLEX){(REAL)0.5 * (z.im + w.im), (REAL)0.5 * (w.re - z.re)};
    }
  }
}

FOR_EACH_CPU void NAME(kernel_lane_modulus_rows)(const lane_transform *t, const REAL *roots, ptrdiff_t rows,
                                                 const REAL *in, REAL *out, REAL *scratch) {
  COMPLEX *row = (COMPLEX *)scratch;
  VEC *modulus = (VEC *)out;
  for (ptrdiff_t r = 0; r < rows; r++, modulus += t->count) {
    NAME(transform)(t, roots, 1, 1, (const COMPLEX *)in + r * t->count, 1, row, 1, row + t->count);
    for (ptrdiff_t i = 0; i < t->count; i++)
      modulus[i] = __builtin_elementwise_sqrt(row[i].re * row[i].re + row[i].im * row[i].im);
  }
}
