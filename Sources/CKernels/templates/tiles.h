/* Rows of complex numbers, eight at a time, each of them two real rows; and the columns of the half spectra of those. */

typedef REAL NAME(eight) __attribute__((vector_size(16 * sizeof(REAL)), aligned(sizeof(REAL))));
typedef PATTERN NAME(patterns) __attribute__((vector_size(16 * sizeof(REAL)), aligned(sizeof(REAL))));
typedef REAL NAME(aligned_eight) __attribute__((vector_size(16 * sizeof(REAL))));

#define COMPLEX(i) 2 * (i), 2 * (i) + 1
#define SHUFFLE(a, b, i0, i1, i2, i3, i4, i5, i6, i7)                                                          \
  __builtin_shufflevector(a, b, COMPLEX(i0), COMPLEX(i1), COMPLEX(i2), COMPLEX(i3), COMPLEX(i4), COMPLEX(i5),   \
                          COMPLEX(i6), COMPLEX(i7))
#define EVEN(in)                                                                                               \
  __builtin_shufflevector(*(const NAME(eight) *)(in), *(const NAME(eight) *)((in) + 16), 0, 2, 4, 6, 8, 10, 12, 14,  \
                          16, 18, 20, 22, 24, 26, 28, 30)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define SWAP(a) __builtin_shufflevector(a, a, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)
#define PLUS_MINUS ((NAME(eight)){1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1})

/* The transpose of an 8x8 block, by exchanging neighbours, then pairs, then halves. */
INLINE void NAME(transpose)(NAME(eight) * a) {
  NAME(eight) b[8];
  for (int i = 0; i < 8; i += 2) {
    b[i] = SHUFFLE(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = SHUFFLE(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  NAME(eight) c[8];
  for (int i = 0; i < 8; i += 4)
    for (int j = i; j < i + 2; j++) {
      c[j] = SHUFFLE(b[j], b[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      c[j + 2] = SHUFFLE(b[j], b[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    a[i] = SHUFFLE(c[i], c[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    a[i + 4] = SHUFFLE(c[i], c[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

INLINE void NAME(load_block)(const REAL *in, ptrdiff_t pitch, NAME(eight) * block) {
  for (int i = 0; i < 8; i++) block[i] = *(const NAME(eight) *)(in + 2 * i * pitch);
  NAME(transpose)(block);
}

INLINE void NAME(store_block)(NAME(eight) * block, REAL *out, ptrdiff_t pitch) {
  NAME(transpose)(block);
  for (int i = 0; i < 8; i++) *(NAME(eight) *)(out + 2 * i * pitch) = block[i];
}

FOR_EACH_CPU void NAME(kernel_rows_to_half_spectra)(ptrdiff_t n, REAL *restrict rows, ptrdiff_t row_pitch,
                                                    REAL *restrict columns, ptrdiff_t column_pitch) {
  const REAL *middle = rows + n;
  for (ptrdiff_t i = 0; i < 8; i++) {
    REAL *row = rows + 2 * i * row_pitch, *last = columns + n * column_pitch + 4 * i;
    row[2 * n] = row[0], row[2 * n + 1] = row[1];
    last[0] = 2 * middle[2 * i * row_pitch], last[2] = 2 * middle[2 * i * row_pitch + 1];
    last[1] = last[3] = 0;
  }
  for (ptrdiff_t x = 0; x < n / 2; x += 8) {
    NAME(eight) block[8], mirror[8];
    NAME(load_block)(rows + 2 * x, row_pitch, block);
    NAME(load_block)(rows + 2 * (n - x - 7), row_pitch, mirror);
    for (int i = 0; i < 8; i++) {
      const NAME(eight) conjugate = mirror[7 - i] * PLUS_MINUS;
      const NAME(eight) even = block[i] + conjugate, difference = block[i] - conjugate;
      const NAME(eight) odd = SWAP(difference) * PLUS_MINUS;
      NAME(eight) *out = (NAME(eight) *)(columns + 2 * (x + i) * column_pitch);
      out[0] = SHUFFLE(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
      out[1] = SHUFFLE(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
    }
  }
}

FOR_EACH_CPU void NAME(kernel_half_spectra_to_rows)(ptrdiff_t n, const REAL *restrict columns, ptrdiff_t column_pitch,
                                                    REAL *restrict rows, ptrdiff_t row_pitch) {
  for (ptrdiff_t x = 0; x < n / 2; x += 8) {
    NAME(eight) block[8], mirror[8];
    for (int i = 0; i < 8; i++) {
      const NAME(eight) *in = (const NAME(eight) *)(columns + 2 * (x + i) * column_pitch);
      const NAME(eight) even = SHUFFLE(in[0], in[1], 0, 2, 4, 6, 8, 10, 12, 14);
      const NAME(eight) odd = SHUFFLE(in[0], in[1], 1, 3, 5, 7, 9, 11, 13, 15);
      block[i] = even + SWAP(odd) * PLUS_MINUS;
      mirror[7 - i] = SWAP(odd) - even * PLUS_MINUS;
    }
    NAME(store_block)(block, rows + 2 * x, row_pitch);
    NAME(store_block)(mirror, rows + 2 * (n - x - 7), row_pitch);
  }
  for (ptrdiff_t i = 0; i < 8; i++) {
    const REAL *last = columns + n * column_pitch + 4 * i;
    REAL *middle = rows + 2 * i * row_pitch + n;
    middle[0] = last[0] + last[3], middle[1] = last[1] - last[2];
  }
}

/* The elements of a row as patterns of bits, without their signs: in the order of the magnitudes, NaN above infinity. */
#define MAGNITUDES(a) ((NAME(patterns))(a) & ((PATTERN)-1 >> 1))
#define LARGER(a, b) __builtin_elementwise_max(a, b)
#define INTERLEAVED_LOW(a, b)                                                                                  \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define INTERLEAVED_HIGH(a, b)                                                                                 \
  __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

FOR_EACH_CPU REAL NAME(kernel_interleave)(ptrdiff_t n, ptrdiff_t first, ptrdiff_t count, const REAL *restrict real,
                                          const REAL *restrict imaginary, REAL *restrict out) {
  if (!real && !imaginary) count = 0;
  memset(out, 0, 2 * first * sizeof(REAL));
  memset(out + 2 * (first + count), 0, 2 * (n - first - count) * sizeof(REAL));
  out += 2 * first;
  NAME(patterns) largest = {0};
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    NAME(eight) a = {0}, b = {0};
    if (real) a = *(const NAME(eight) *)(real + i);
    if (imaginary) b = *(const NAME(eight) *)(imaginary + i);
    ((NAME(eight) *)(out + 2 * i))[0] = INTERLEAVED_LOW(a, b);
    ((NAME(eight) *)(out + 2 * i))[1] = INTERLEAVED_HIGH(a, b);
    largest = LARGER(largest, LARGER(MAGNITUDES(a), MAGNITUDES(b)));
  }
  if (i < count) {
    const size_t rest = (size_t)(count - i) * sizeof(REAL);
    NAME(eight) a = {0}, b = {0};
    if (real) memcpy(&a, real + i, rest);
    if (imaginary) memcpy(&b, imaginary + i, rest);
    const NAME(eight) both[2] = {INTERLEAVED_LOW(a, b), INTERLEAVED_HIGH(a, b)};
    memcpy(out + 2 * i, both, 2 * rest);
    largest = LARGER(largest, LARGER(MAGNITUDES(a), MAGNITUDES(b)));
  }
  const PATTERN pattern = __builtin_reduce_max(largest);
  REAL result;
  memcpy(&result, &pattern, sizeof result);
  return result == result ? result : (REAL)INFINITY;
}

INLINE void NAME(pick_four)(const REAL *in, REAL *out) {
  for (int i = 0; i < 4; i++) out[i] = in[2 * i];
}

FOR_EACH_CPU void NAME(kernel_pick)(ptrdiff_t n, const REAL *restrict in, ptrdiff_t step, int streams,
                                    REAL *restrict out) {
  ptrdiff_t i = 0;
  if (step == 2 && streams) {
    const ptrdiff_t first = (ptrdiff_t)(-(uintptr_t)out % sizeof(NAME(eight)) / sizeof(REAL));
    for (; i + 4 <= MIN(first, n); i += 4) NAME(pick_four)(in + 2 * i, out + i);
    for (; i < MIN(first, n); i++) out[i] = in[2 * i];
    for (; i + 16 <= n; i += 16)
      __builtin_nontemporal_store(EVEN(in + 2 * i), (NAME(aligned_eight) *)(out + i));
  } else if (step == 2) {
    for (; i + 16 <= n; i += 16) *(NAME(eight) *)(out + i) = EVEN(in + 2 * i);
  }
  if (step == 2)
    for (; i + 4 <= n; i += 4) NAME(pick_four)(in + 2 * i, out + i);
  for (; i < n; i++) out[i] = in[step * i];
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
#undef SWAP
#undef MAGNITUDES
#undef LARGER
#undef INTERLEAVED_LOW
#undef INTERLEAVED_HIGH
#undef MIN
#undef EVEN
#undef PLUS_MINUS
