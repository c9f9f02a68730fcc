#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "CKernels.h"

int current_processor(void) {
#ifdef __linux__
  return sched_getcpu();
#else
  return -1;
#endif
}

int current_thread(void) {
#ifdef __linux__
  return (int)syscall(SYS_gettid);
#else
  return -1;
#endif
}

int keep_thread_off(int thread, int processor) {
#ifdef __linux__
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 0;
  CPU_CLR(processor, &allowed);
  return CPU_COUNT(&allowed) > 0 && sched_setaffinity(thread, sizeof allowed, &allowed) == 0;
#else
  return 0;
#endif
}
