#include "lanes.h"

#include "dispatch.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float lane_vec_f __attribute__((vector_size(LANE_BYTES)));
typedef double lane_vec_d __attribute__((vector_size(LANE_BYTES)));
typedef struct {
  lane_vec_f re, im;
} lane_complex_f;
typedef struct {
  lane_vec_d re, im;
} lane_complex_d;

#define VEC NAME(lane_vec)
#define COMPLEX NAME(lane_complex)
#define LANES ((ptrdiff_t)(LANE_BYTES / sizeof(REAL)))

#define TEMPLATE "templates/lane_transform.h"
#include "precisions.h"
#undef TEMPLATE
#define TEMPLATE "templates/lane_maps.h"
#include "precisions.h"
