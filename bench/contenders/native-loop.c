/* Multiply-adds as fast as this processor does them, in the widest registers it has: answers like the others. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#ifndef BYTES
#  if defined(__AVX512F__)
#    define BYTES 64
#  elif defined(__AVX__)
#    define BYTES 32
#  else
#    define BYTES 16
#  endif
#endif

enum { LANES = BYTES / 4, ACCUMULATORS = 13 };
typedef float Lanes __attribute__((vector_size(BYTES)));

static float loop(long rounds) {
  Lanes x = {0}, y = {0}, a[ACCUMULATORS];
  x += 0.5f;
  y += 0.25f;
  for (int i = 0; i < ACCUMULATORS; i++) a[i] = x + (float)(i + 1) - 0.5f;
  for (long round = 0; round < rounds; round++) {
    /* Opaque to the compiler, so that it leaves a·x + y as it is. */
    __asm__ volatile("" : "+x"(x), "+x"(y));
#pragma GCC unroll 13
    for (int i = 0; i < ACCUMULATORS; i++) a[i] = a[i] * x + y;
  }
  float sum = 0;
  for (int i = 0; i < ACCUMULATORS; i++) sum += a[i][0];
  return sum;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(void) {
  char line[64];
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("{\"version\":\"C, gcc -O3 -march=native\",\"engine\":\"%d lanes\"}\n", LANES);
  while (fgets(line, sizeof line, stdin)) {
    if (!strncmp(line, "check", 5)) printf("{\"check\":[%g]}\n", loop(100000));
    if (!strncmp(line, "memory", 6)) printf("{\"memory\":0}\n");
    if (strncmp(line, "measure", 7)) continue;
    double start = now();
    volatile float sink = 0;
    long rounds = 0;
    while (now() - start < 0.2) {
      sink += loop(1000000);
      rounds += 1000000;
    }
    printf("{\"rate\":%.6g}\n", 2e-9 * LANES * ACCUMULATORS * rounds / (now() - start));
  }
  return 0;
}
