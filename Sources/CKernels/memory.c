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

#if defined(__x86_64__)
__attribute__((target("prfchw")))
#endif
void kernel_claim(ptrdiff_t bytes, const void *memory) {
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)memory + i, 1, 2);
}

void kernel_fetch(ptrdiff_t bytes, const void *memory) {
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)memory + i, 0, 3);
}
