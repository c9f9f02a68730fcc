/* Winograd's transforms of tiles, for one REAL, with tiles in the lanes of vectors. Included once per precision.

   Source: A. Lavin, S. Gray, Fast algorithms for convolutional neural networks, CVPR 2016, section 4. */

#define VEC NAME(lanes)
#define QUAD_VEC NAME(quad)
#define LANES ((ptrdiff_t)(WINOGRAD_BYTES / sizeof(REAL)))
#define QUAD ((int)(16 / sizeof(REAL)))

/* The transposes of B and A, and G, for tiles of 2 and of 4. */
static const REAL NAME(B2)[6][6] = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
static const REAL NAME(A2)[6][6] = {{1, 1, 1, 0}, {0, 1, -1, -1}};
static const REAL NAME(G2)[6][6] = {{1}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
static const REAL NAME(B4)[6][6] = {{4, 0, -5, 0, 1, 0},  {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},
                                    {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}};
static const REAL NAME(A4)[6][6] = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}};
static const REAL NAME(G4)[6][6] = {
    {(REAL)1 / 4},
    {-(REAL)1 / 6, -(REAL)1 / 6, -(REAL)1 / 6},
    {-(REAL)1 / 6, (REAL)1 / 6, -(REAL)1 / 6},
    {(REAL)1 / 24, (REAL)1 / 12, (REAL)1 / 6},
    {(REAL)1 / 24, -(REAL)1 / 12, (REAL)1 / 6},
    {0, 0, 1}};

/* to = L from transpose(L), L of `rows` x `inner`, or of `inner` x `rows` where it is read as its transpose. */
#define SANDWICH(TYPE, L, is_transposed, rows, inner, from, to)                                     \
  do {                                                                                              \
    TYPE half[6][6];                                                                                \
    UNROLL for (int r = 0; r < (rows); r++) UNROLL for (int j = 0; j < (inner); j++) {              \
      TYPE sum = (TYPE){0};                                                                         \
      UNROLL for (int k = 0; k < (inner); k++) {                                                    \
        const REAL factor = (is_transposed) ? (L)[k][r] : (L)[r][k];                                \
        if (factor == 1) sum += (from)[k][j];                                                       \
        else if (factor == -1) sum -= (from)[k][j];                                                 \
        else if (factor != 0) sum += factor * (from)[k][j];                                         \
      }                                                                                             \
      half[r][j] = sum;                                                                             \
    }                                                                                               \
    UNROLL for (int r = 0; r < (rows); r++) UNROLL for (int c = 0; c < (rows); c++) {               \
      TYPE sum = (TYPE){0};                                                                         \
      UNROLL for (int k = 0; k < (inner); k++) {                                                    \
        const REAL factor = (is_transposed) ? (L)[k][c] : (L)[c][k];                                \
        if (factor == 1) sum += half[r][k];                                                         \
        else if (factor == -1) sum -= half[r][k];                                                   \
        else if (factor != 0) sum += factor * half[r][k];                                           \
      }                                                                                             \
      (to)[r][c] = sum;                                                                             \
    }                                                                                               \
  } while (0)

/* `count` <= QUAD neighbours of every lane, as one vector per neighbour. */
INLINE void NAME(load_quads)(const REAL *base, const ptrdiff_t *offsets, const int count, VEC *out) {
  VEC v[4];
  UNROLL for (int r = 0; r < QUAD; r++) {
    QUAD_VEC parts[4];
    UNROLL for (int b = 0; b < 4; b++) {
      const REAL *from = base + offsets[b * QUAD + r];
      if (count == QUAD) parts[b] = *(const QUAD_VEC *)from;
      else {
        parts[b] = (QUAD_VEC){0};
        memcpy(&parts[b], from, sizeof(QUAD_VEC) / 2);
      }
    }
    NAME(join)(parts, &v[r]);
  }
  NAME(transpose)(v);
  UNROLL for (int j = 0; j < count; j++) out[j] = v[j];
}

/* Stores, or adds, `count` neighbours of the first `lanes` lanes. */
INLINE void NAME(store_quads)(REAL *base, const ptrdiff_t *offsets, ptrdiff_t lanes, const int count, const int adds,
                              const VEC *in) {
  VEC v[4];
  UNROLL for (int j = 0; j < QUAD; j++) v[j] = j < count ? in[j] : (VEC){0};
  NAME(transpose)(v);
  UNROLL for (int b = 0; b < 4; b++)
    UNROLL for (int r = 0; r < QUAD; r++) {
      if (b * QUAD + r >= lanes) continue;
      QUAD_VEC parts[4], old;
      NAME(split)(&v[r], parts);
      REAL *to = base + offsets[b * QUAD + r];
      const size_t bytes = count == QUAD ? sizeof(QUAD_VEC) : sizeof(QUAD_VEC) / 2;
      if (adds) {
        old = (QUAD_VEC){0};
        memcpy(&old, to, bytes);
        parts[b] += old;
      }
      memcpy(to, &parts[b], bytes);
    }
}

/* A row of `count` neighbours, in pieces of QUAD or half of it. */
#define PIECES(count, BODY)                                             \
  UNROLL for (int start = 0; start < (count); start += QUAD) {          \
    const int length = (count) - start < QUAD ? (count) - start : QUAD; \
    BODY;                                                               \
  }

/* The places of the tiles from t on, and how many of the lanes have one; the others repeat the first. */
INLINE ptrdiff_t NAME(places)(const winograd_tiles *s, ptrdiff_t t, ptrdiff_t *offsets) {
  const ptrdiff_t count = s->images * s->rows * s->columns, rest = count - t, lanes = rest < LANES ? rest : LANES;
  for (ptrdiff_t l = 0; l < LANES; l++) {
    const ptrdiff_t tile = l < lanes ? t + l : t, row = tile / s->columns;
    offsets[l] = row / s->rows * s->image_stride + row % s->rows * s->tile * s->row_stride +
                 tile % s->columns * s->tile;
  }
  return lanes;
}

/* Calls BODY for each channel and vector of tiles: `plane` is the channel's, `matrix` the vector in the first matrix,
   whose successors are `next` apart. */
#define FOR_EACH_VECTOR(real_samples, real_matrices, BODY)                                        \
  const ptrdiff_t next = s->channels * s->stride, count = s->images * s->rows * s->columns;       \
  for (ptrdiff_t t = 0; t < count; t += LANES) {                                                  \
    ptrdiff_t offsets[WINOGRAD_BYTES / sizeof(REAL)];                                             \
    const ptrdiff_t lanes = NAME(places)(s, t, offsets);                                          \
    (void)lanes;                                                                                  \
    for (ptrdiff_t c = 0; c < s->channels; c++) {                                                 \
      real_samples *plane = samples + c * s->plane_stride;                                        \
      real_matrices *matrix = matrices + c * s->stride + t;                                       \
      BODY                                                                                        \
    }                                                                                             \
  }

#define LOAD_SAMPLES(side)                                                                             \
  VEC x[6][6], y[6][6];                                                                                \
  UNROLL for (int r = 0; r < (side); r++)                                                              \
    PIECES(side, NAME(load_quads)(plane + r * s->row_stride + start, offsets, length, &x[r][start]))

#define STORE_SAMPLES(side, adds)                                                                      \
  UNROLL for (int r = 0; r < (side); r++)                                                              \
    PIECES(side, NAME(store_quads)(plane + r * s->row_stride + start, offsets, lanes, length, adds, &y[r][start]))

#define LOAD_MATRICES(side)                                                                  \
  VEC x[6][6], y[6][6];                                                                      \
  UNROLL for (int r = 0; r < (side); r++)                                                    \
    UNROLL for (int j = 0; j < (side); j++) x[r][j] = *(const VEC *)(matrix + (r * (side) + j) * next)

#define STORE_MATRICES(side)                                                                 \
  UNROLL for (int r = 0; r < (side); r++)                                                    \
    UNROLL for (int j = 0; j < (side); j++) *(VEC *)(matrix + (r * (side) + j) * next) = y[r][j]

/* Calls BODY for each vector of kernels, `lanes` of them from kernel i on. */
#define FOR_EACH_KERNELS(BODY)                                                            \
  for (ptrdiff_t i = 0; i < kernels; i += LANES) {                                        \
    const ptrdiff_t lanes = kernels - i < LANES ? kernels - i : LANES;                    \
    VEC x[6][6] = {{{0}}}, y[6][6];                                                       \
    BODY                                                                                  \
  }

#define TRANSFORMS(m, a, A, B, G)                                                                           \
  INLINE void NAME(samples##m)(const winograd_tiles *s, const REAL *samples, REAL *matrices) {              \
    FOR_EACH_VECTOR(const REAL, REAL, {                                                                     \
      LOAD_SAMPLES(a);                                                                                      \
      SANDWICH(VEC, B, 0, a, a, x, y);                                                                      \
      STORE_MATRICES(a);                                                                                    \
    })                                                                                                      \
  }                                                                                                         \
  INLINE void NAME(samples_adjoint##m)(const winograd_tiles *s, const REAL *matrices, REAL *samples) {      \
    FOR_EACH_VECTOR(REAL, const REAL, {                                                                     \
      LOAD_MATRICES(a);                                                                                     \
      SANDWICH(VEC, B, 1, a, a, x, y);                                                                      \
      STORE_SAMPLES(a, 1);                                                                                  \
    })                                                                                                      \
  }                                                                                                         \
  INLINE void NAME(outputs##m)(const winograd_tiles *s, const REAL *matrices, REAL *samples) {              \
    FOR_EACH_VECTOR(REAL, const REAL, {                                                                     \
      LOAD_MATRICES(a);                                                                                     \
      SANDWICH(VEC, A, 0, m, a, x, y);                                                                      \
      STORE_SAMPLES(m, 0);                                                                                  \
    })                                                                                                      \
  }                                                                                                         \
  INLINE void NAME(outputs_adjoint##m)(const winograd_tiles *s, const REAL *samples, REAL *matrices) {      \
    FOR_EACH_VECTOR(const REAL, REAL, {                                                                     \
      LOAD_SAMPLES(m);                                                                                      \
      SANDWICH(VEC, A, 1, a, m, x, y);                                                                      \
      STORE_MATRICES(a);                                                                                    \
    })                                                                                                      \
  }                                                                                                         \
  INLINE void NAME(weights##m)(ptrdiff_t kernels, const REAL *weights, REAL *matrices) {                    \
    FOR_EACH_KERNELS({                                                                                      \
      for (ptrdiff_t l = 0; l < lanes; l++)                                                                 \
        UNROLL for (int e = 0; e < 9; e++) x[e / 3][e % 3][l] = weights[9 * (i + l) + e];                   \
      SANDWICH(VEC, G, 0, a, 3, x, y);                                                                      \
      UNROLL for (int e = 0; e < a * a; e++)                                                                \
        memcpy(matrices + e * kernels + i, &y[e / a][e % a], (size_t)lanes * sizeof(REAL));                 \
    })                                                                                                      \
  }                                                                                                         \
  INLINE void NAME(weights_adjoint##m)(ptrdiff_t kernels, const REAL *matrices, REAL *weights) {            \
    FOR_EACH_KERNELS({                                                                                      \
      UNROLL for (int e = 0; e < a * a; e++)                                                                \
        memcpy(&x[e / a][e % a], matrices + e * kernels + i, (size_t)lanes * sizeof(REAL));                 \
      SANDWICH(VEC, G, 1, 3, a, x, y);                                                                      \
      UNROLL for (int e = 0; e < 9; e++)                                                                    \
        for (ptrdiff_t l = 0; l < lanes; l++) weights[9 * (i + l) + e] += y[e / 3][e % 3][l];               \
    })                                                                                                      \
  }

TRANSFORMS(2, 4, NAME(A2), NAME(B2), NAME(G2))
TRANSFORMS(4, 6, NAME(A4), NAME(B4), NAME(G4))

#define DISPATCH(stem)                                                                        \
  FOR_EACH_CPU void NAME(kernel_winograd_##stem)(const winograd_tiles *s, const REAL *from, REAL *to) { \
    if (s->tile == 2) NAME(stem##2)(s, from, to);                                             \
    else NAME(stem##4)(s, from, to);                                                          \
  }

#define DISPATCH_WEIGHTS(stem)                                                                \
  FOR_EACH_CPU void NAME(kernel_winograd_##stem)(ptrdiff_t tile, ptrdiff_t kernels, const REAL *from, REAL *to) { \
    if (tile == 2) NAME(stem##2)(kernels, from, to);                                          \
    else NAME(stem##4)(kernels, from, to);                                                    \
  }

DISPATCH(samples)
DISPATCH(samples_adjoint)
DISPATCH(outputs)
DISPATCH(outputs_adjoint)
DISPATCH_WEIGHTS(weights)
DISPATCH_WEIGHTS(weights_adjoint)

#undef VEC
#undef QUAD_VEC
#undef LANES
#undef QUAD
#undef SANDWICH
#undef PIECES
#undef FOR_EACH_VECTOR
#undef FOR_EACH_KERNELS
#undef LOAD_SAMPLES
#undef STORE_SAMPLES
#undef LOAD_MATRICES
#undef STORE_MATRICES
#undef TRANSFORMS
#undef DISPATCH
#undef DISPATCH_WEIGHTS
