/* Rows of complex numbers, eight at a time, and their transposes. */

typedef REAL NAME(eight) __attribute__((vector_size(16 * sizeof(REAL)), aligned(sizeof(REAL))));

#define COMPLEX(i) 2 * (i), 2 * (i) + 1
#define SHUFFLE(a, b, i0, i1, i2, i3, i4, i5, i6, i7)                                                          \
  __builtin_shufflevector(a, b, COMPLEX(i0), COMPLEX(i1), COMPLEX(i2), COMPLEX(i3), COMPLEX(i4), COMPLEX(i5),   \
                          COMPLEX(i6), COMPLEX(i7))

/* The transpose of an 8x8 block, by exchanging neighbours, then pairs, then halves. */
INLINE void NAME(transpose_block)(const REAL *restrict in, ptrdiff_t in_pitch, REAL *restrict out,
                                  ptrdiff_t out_pitch) {
  NAME(eight) a[8], b[8];
  for (int i = 0; i < 8; i++) a[i] = *(const NAME(eight) *)(in + 2 * i * in_pitch);
  for (int i = 0; i < 8; i += 2) {
    b[i] = SHUFFLE(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = SHUFFLE(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = i; j < i + 2; j++) {
      a[j] = SHUFFLE(b[j], b[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[j + 2] = SHUFFLE(b[j], b[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    *(NAME(eight) *)(out + 2 * i * out_pitch) = SHUFFLE(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    *(NAME(eight) *)(out + 2 * (i + 4) * out_pitch) = SHUFFLE(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

FOR_EACH_CPU void NAME(kernel_rows_to_columns)(ptrdiff_t n, const REAL *restrict rows, ptrdiff_t row_pitch,
                                               REAL *restrict columns, ptrdiff_t column_pitch) {
  for (ptrdiff_t x = 0; x < n; x += 8)
    NAME(transpose_block)(rows + 2 * x, row_pitch, columns + 2 * x * column_pitch, column_pitch);
}

FOR_EACH_CPU void NAME(kernel_columns_to_rows)(ptrdiff_t n, const REAL *restrict columns, ptrdiff_t column_pitch,
                                               REAL *restrict rows, ptrdiff_t row_pitch) {
  for (ptrdiff_t x = 0; x < n; x += 8)
    NAME(transpose_block)(columns + 2 * x * column_pitch, column_pitch, rows + 2 * x, row_pitch);
}

FOR_EACH_CPU void NAME(kernel_interleave)(ptrdiff_t n, const REAL *restrict real, const REAL *restrict imaginary,
                                          REAL *restrict out) {
  if (real && imaginary)
    for (ptrdiff_t i = 0; i < n; i++) {
      out[2 * i] = real[i];
      out[2 * i + 1] = imaginary[i];
    }
  else
    for (ptrdiff_t i = 0; i < n; i++) {
      out[2 * i] = real ? real[i] : 0;
      out[2 * i + 1] = imaginary ? imaginary[i] : 0;
    }
}

FOR_EACH_CPU void NAME(kernel_pick)(ptrdiff_t n, const REAL *restrict in, ptrdiff_t step, REAL *restrict out) {
  if (step == 2)
    for (ptrdiff_t i = 0; i < n; i++) out[i] = in[2 * i];
  else
    for (ptrdiff_t i = 0; i < n; i++) out[i] = in[step * i];
}

#define PRODUCT(sign, op)                                                                                      \
  for (ptrdiff_t i = 0; i < n; i++) {                                                                          \
    const REAL ar = a[2 * i], ai = a[2 * i + 1], br = b[2 * i], bi = sign b[2 * i + 1];                        \
    out[2 * i] op ar * bi + ai * br;                                                                           \
    out[2 * i + 1] op ar * br - ai * bi;                                                                       \
  }

FOR_EACH_CPU void NAME(kernel_multiply_swapped)(ptrdiff_t n, int conjugates, int adds, const REAL *restrict a,
                                                const REAL *restrict b, REAL *restrict out) {
  if (conjugates && adds) PRODUCT(-, +=)
  else if (conjugates) PRODUCT(-, =)
  else if (adds) PRODUCT(+, +=)
  else PRODUCT(+, =)
}

#undef PRODUCT
#undef COMPLEX
#undef SHUFFLE
