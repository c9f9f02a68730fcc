#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "CKernels.h"

int keep_freed_memory(size_t largest, size_t total) {
#ifdef __GLIBC__
  return mallopt(M_MMAP_THRESHOLD, (int)largest) && mallopt(M_TRIM_THRESHOLD, (int)total);
#else
  return 0;
#endif
}
