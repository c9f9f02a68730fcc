#ifndef DISPATCH_H
#define DISPATCH_H

/* A sanitizer's runtime is not there yet when the choice is made, at the program's start. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define IS_SANITIZED
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(IS_SANITIZED)
#define FOR_EACH_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
/* Whether functions may be written for these three and chosen by __builtin_cpu_supports. */
#define HAS_CPU_LEVELS
#else
#define FOR_EACH_CPU
#endif

#endif
