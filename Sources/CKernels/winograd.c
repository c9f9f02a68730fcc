#include <string.h>

#include "dispatch.h"
#include "winograd.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

/* A quarter of a vector of floats, and of doubles: four neighbours of a row, or two. `quads[r]` holds those of lanes
   r, r + QUAD, r + 2 QUAD, ...; transposing its blocks gives one vector per neighbour. */
typedef float quad_f __attribute__((vector_size(16), aligned(4)));
typedef double quad_d __attribute__((vector_size(16), aligned(8)));
typedef float lanes_f __attribute__((vector_size(WINOGRAD_BYTES)));
typedef double lanes_d __attribute__((vector_size(WINOGRAD_BYTES)));
typedef float octet_f __attribute__((vector_size(32)));
typedef double octet_d __attribute__((vector_size(32)));

INLINE void join_f(const quad_f *parts, lanes_f *result) {
  const octet_f low = __builtin_shufflevector(parts[0], parts[1], 0, 1, 2, 3, 4, 5, 6, 7);
  const octet_f high = __builtin_shufflevector(parts[2], parts[3], 0, 1, 2, 3, 4, 5, 6, 7);
  *result = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

INLINE void join_d(const quad_d *parts, lanes_d *result) {
  const octet_d low = __builtin_shufflevector(parts[0], parts[1], 0, 1, 2, 3);
  const octet_d high = __builtin_shufflevector(parts[2], parts[3], 0, 1, 2, 3);
  *result = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}

INLINE void split_f(const lanes_f *whole, quad_f *parts) {
  parts[0] = __builtin_shufflevector(*whole, *whole, 0, 1, 2, 3);
  parts[1] = __builtin_shufflevector(*whole, *whole, 4, 5, 6, 7);
  parts[2] = __builtin_shufflevector(*whole, *whole, 8, 9, 10, 11);
  parts[3] = __builtin_shufflevector(*whole, *whole, 12, 13, 14, 15);
}

INLINE void split_d(const lanes_d *whole, quad_d *parts) {
  parts[0] = __builtin_shufflevector(*whole, *whole, 0, 1);
  parts[1] = __builtin_shufflevector(*whole, *whole, 2, 3);
  parts[2] = __builtin_shufflevector(*whole, *whole, 4, 5);
  parts[3] = __builtin_shufflevector(*whole, *whole, 6, 7);
}

/* Transposes the square blocks that lie side by side in QUAD vectors. */
INLINE void transpose_f(lanes_f *v) {
  const lanes_f a = __builtin_shufflevector(v[0], v[1], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
  const lanes_f b = __builtin_shufflevector(v[0], v[1], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  const lanes_f c = __builtin_shufflevector(v[2], v[3], 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
  const lanes_f d = __builtin_shufflevector(v[2], v[3], 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
  v[0] = __builtin_shufflevector(a, c, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
  v[1] = __builtin_shufflevector(a, c, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  v[2] = __builtin_shufflevector(b, d, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
  v[3] = __builtin_shufflevector(b, d, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

INLINE void transpose_d(lanes_d *v) {
  const lanes_d a = __builtin_shufflevector(v[0], v[1], 0, 8, 2, 10, 4, 12, 6, 14);
  v[1] = __builtin_shufflevector(v[0], v[1], 1, 9, 3, 11, 5, 13, 7, 15);
  v[0] = a;
}

#define TEMPLATE "templates/winograd.h"
#include "precisions.h"
