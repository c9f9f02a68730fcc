#include <dnnl.h>

extern void omp_set_num_threads(int);

/* Makes oneDNN, an OpenMP library, work on the calling thread alone: OpenMP keeps this setting per thread. */
static inline void onednn_use_one_thread(void) {
  static __thread int done;
  if (!done) {
    omp_set_num_threads(1);
    done = 1;
  }
}
