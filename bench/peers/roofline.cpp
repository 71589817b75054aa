/*
 * Peer "roofline": the limits of this machine for a loop that has the kernel's shape, on one thread, 128 bits wide.
 *   stream: one in-place pass over N bytes, line by line of 64 bytes (4 vectors read, changed, written), as the
 *           kernel walks through its entries; bytes read plus bytes written per second.
 *   fma:    independent chains x = a x + b as one fused instruction; 2 operations per lane.
 *   muladd: the same as a multiplication and an addition, which is what SIMD without FMA has; 2 operations per lane.
 * Takes --rounds and --milliseconds as the others do; the rest of their options changes nothing.
 * Built with -ffp-contract=off, else the compiler would fuse the mul + add.
 */
#include "peer.h"
#include <immintrin.h>

constexpr int CHAINS = 12; // with a and b 14 of 16 registers; enough to hide the latency of mul + add

/** work() does `amount` units; median units per ns over the rounds */
template <typename Work> static double rate(const Options &options, double amount, Work work) {
  std::vector<double> rounds;
  work();
  for (int round = 0; round < options.rounds; round++) {
    const double begin = cpuNow();
    double elapsed = 0, done = 0;
    do {
      work();
      done += amount;
      elapsed = cpuNow() - begin;
    } while (elapsed < options.milliseconds * 1e6);
    rounds.push_back(done / elapsed);
  }
  return median(rounds);
}

static void pass(float *data, size_t bytes, __m128 change) {
  for (float *line = data, *end = data + bytes / sizeof(float); line < end; line += 16) {
    const __m128 p = _mm_load_ps(line), q = _mm_load_ps(line + 4), r = _mm_load_ps(line + 8), s = _mm_load_ps(line + 12);
    _mm_store_ps(line, _mm_add_ps(p, change));
    _mm_store_ps(line + 4, _mm_add_ps(q, change));
    _mm_store_ps(line + 8, _mm_add_ps(r, change));
    _mm_store_ps(line + 12, _mm_add_ps(s, change));
  }
}

template <bool fused> static float chains(int repeats, __m128 a, __m128 b) {
  __m128 x[CHAINS];
  for (__m128 &chain : x) chain = b;
  for (int repeat = 0; repeat < repeats; repeat++) {
#pragma GCC unroll 12
    for (__m128 &chain : x) chain = fused ? _mm_fmadd_ps(chain, a, b) : _mm_add_ps(_mm_mul_ps(chain, a), b);
  }
  __m128 sum = x[0];
  for (int chain = 1; chain < CHAINS; chain++) sum = _mm_add_ps(sum, x[chain]);
  return _mm_cvtss_f32(sum);
}

int main(int argc, char **argv) {
  const Options options(argc, argv);
  for (const size_t kib : {16, 32, 256, 1024, 4096, 16384, 65536}) {
    const size_t bytes = kib * 1024;
    float *data = static_cast<float *>(std::aligned_alloc(64, bytes));
    std::fill(data, data + bytes / sizeof(float), 1.f);
    const int passes = int(std::max<size_t>(1, 4194304 / bytes)); // so that reading the clock costs nothing
    const double speed = rate(options, 2.0 * bytes * passes, [&] {
      for (int n = 0; n < passes; n++) pass(data, bytes, _mm_set1_ps(1e-3f));
    });
    std::printf("{\"peer\":\"roofline\",\"kind\":\"stream\",\"bytes\":%zu,\"gbPerSecond\":%.2f}\n", bytes, speed);
    std::fflush(stdout);
    std::free(data);
  }
  volatile float factor = 0.5f, term = 1.f, sink = 0; // volatile: the compiler cannot compute the chains itself
  const int repeats = 100000;
  const double flops = double(repeats) * CHAINS * 4 * 2;
  const double fma = rate(options, flops, [&] { sink = chains<true>(repeats, _mm_set1_ps(factor), _mm_set1_ps(term)); });
  const double muladd = rate(options, flops, [&] { sink = chains<false>(repeats, _mm_set1_ps(factor), _mm_set1_ps(term)); });
  std::printf("{\"peer\":\"roofline\",\"kind\":\"fma\",\"bits\":128,\"gflops\":%.2f}\n", fma);
  std::printf("{\"peer\":\"roofline\",\"kind\":\"muladd\",\"bits\":128,\"gflops\":%.2f}\n", muladd);
  return 0;
}
