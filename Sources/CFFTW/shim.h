#include <fftw3.h>

/* The version strings are arrays of unknown length, which Swift does not import. */
static inline const char *fftw_version_string(void) { return fftw_version; }
