#include <stdint.h>
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

#define LINE 64

/* The line of the caches in which some memory begins. */
static const char *first_line(const void *memory) { return (const char *)((uintptr_t)memory & ~(uintptr_t)(LINE - 1)); }

#if defined(__x86_64__)
__attribute__((target("prfchw")))
#endif
void kernel_claim(ptrdiff_t bytes, const void *memory) {
  const char *end = (const char *)memory + bytes;
  for (const char *line = first_line(memory); line < end; line += LINE) __builtin_prefetch(line, 1, 2);
}

void kernel_finish_streams(void) {
#ifdef __x86_64__
  __builtin_ia32_sfence();
#else
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

void kernel_fetch(ptrdiff_t bytes, const void *memory) {
  const char *end = (const char *)memory + bytes;
  for (const char *line = first_line(memory); line < end; line += LINE) __builtin_prefetch(line, 0, 3);
}
