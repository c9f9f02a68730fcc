#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/* The times that the calling thread has asked the C library for memory so far, whether from Swift, its runtime or a
   library. Left out are oneDNN and FFTW, whose matrix products and some of whose transforms take memory on each call and
   give it back. -1 where nothing is counted: without glibc, and under a sanitizer, which has its own allocator. */
long allocation_count(void);

#endif
