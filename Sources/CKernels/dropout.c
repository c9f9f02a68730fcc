#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define DROPOUT_BLOCKS 16

/* DROPOUT_BLOCKS blocks of Philox4x32-10 from `block` on, word w of block i at bits[w][i]. */
static inline __attribute__((always_inline)) void philox(
    uint64_t key, uint64_t step, uint64_t block, uint32_t bits[4][DROPOUT_BLOCKS]) {
  uint32_t c0[DROPOUT_BLOCKS], c1[DROPOUT_BLOCKS], c2[DROPOUT_BLOCKS], c3[DROPOUT_BLOCKS];
  for (int i = 0; i < DROPOUT_BLOCKS; i++) {
    c0[i] = (uint32_t)(block + i);
    c1[i] = (uint32_t)((block + i) >> 32);
    c2[i] = (uint32_t)step;
    c3[i] = (uint32_t)(step >> 32);
  }
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++, k0 += 0x9E3779B9, k1 += 0xBB67AE85)
    for (int i = 0; i < DROPOUT_BLOCKS; i++) {
      uint64_t p0 = (uint64_t)c0[i] * 0xD2511F53, p1 = (uint64_t)c2[i] * 0xCD9E8D57;
      c0[i] = (uint32_t)(p1 >> 32) ^ c1[i] ^ k0;
      c1[i] = (uint32_t)p1;
      c2[i] = (uint32_t)(p0 >> 32) ^ c3[i] ^ k1;
      c3[i] = (uint32_t)p0;
    }
  for (int i = 0; i < DROPOUT_BLOCKS; i++) {
    bits[0][i] = c0[i];
    bits[1][i] = c1[i];
    bits[2][i] = c2[i];
    bits[3][i] = c3[i];
  }
}

#define TEMPLATE "templates/dropout.h"
#include "precisions.h"
