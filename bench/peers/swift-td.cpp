/*
 * SwiftTD as one would write it down in C++: floats, an array per quantity, exp where a step size is needed, the sparse
 * form over the list of features with a trace. Equations: src/step-sizes/swift-td.ts. For bench/heads.ts:
 *   swift-td FEATURES ACTIVE MILLISECONDS     ACTIVE 0: dense. Prints ns of CPU time per step.
 */
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

static const float alpha0 = 1e-3f, theta = 1e-3f, lambda = .95f, discount = .99f, eta = .1f, etaMin = 1e-10f, decay = .999f,
                   cut = 1e-5f;

struct Learner {
  int n;
  std::vector<float> w, z, zd, zb, p, dw, beta, h, hOld, hTemp, lastAlpha;
  std::vector<int> traced;
  std::vector<char> has;
  float vOld = 0, vd = 0;

  explicit Learner(int n)
      : n(n), w(n), z(n), zd(n), zb(n), p(n), dw(n), beta(n, std::log(alpha0)), h(n), hOld(n), hTemp(n), lastAlpha(n), has(n) {}

  void change(int i, float delta) {
    dw[i] = delta * z[i] - zd[i] * vd;
    w[i] += dw[i];
    beta[i] += theta / std::exp(beta[i]) * (delta - vd) * p[i];
    beta[i] = std::min(std::max(beta[i], std::log(etaMin)), std::log(eta));
    hOld[i] = h[i];
    h[i] = hTemp[i] + delta * zb[i] - zd[i] * vd;
    hTemp[i] = h[i];
    zd[i] = 0;
    z[i] *= discount * lambda;
    p[i] *= discount * lambda;
    zb[i] *= discount * lambda;
  }

  void gather(int i, float x, float tau, float T, float &moved) {
    moved += dw[i] * x;
    lastAlpha[i] = std::exp(beta[i]);
    zd[i] = std::min(1.f, eta / tau) * std::exp(beta[i]) * x;
    z[i] += zd[i] * (1 - T);
    p[i] += hOld[i] * x;
    zb[i] += zd[i] * (1 - T - zb[i] * x);
    hTemp[i] = h[i] - hOld[i] * x * (z[i] - zd[i]) - h[i] * zd[i] * x;
    if (tau <= eta) return;
    beta[i] += x * x * std::log(decay);
    h[i] = hOld[i] = hTemp[i] = zb[i] = 0;
  }

  float dense(const float *x, float r) {
    float v = 0, tau = 0, T = 0, moved = 0;
    for (int i = 0; i < n; i++) v += w[i] * x[i];
    const float delta = r + discount * v - vOld;
    for (int i = 0; i < n; i++) change(i, delta);
    for (int i = 0; i < n; i++) {
      tau += std::exp(beta[i]) * x[i] * x[i];
      T += z[i] * x[i];
    }
    for (int i = 0; i < n; i++) gather(i, x[i], tau, T, moved);
    vd = moved;
    return vOld = v;
  }

  float sparse(const int *active, int k, float r) {
    float v = 0, tau = 0, T = 0, moved = 0;
    for (int j = 0; j < k; j++) v += w[active[j]];
    const float delta = r + discount * v - vOld;
    size_t kept = 0;
    for (size_t j = 0; j < traced.size(); j++) {
      const int i = traced[j];
      change(i, delta);
      if (std::fabs(z[i]) <= lastAlpha[i] * cut) {
        z[i] = p[i] = zb[i] = 0;
        has[i] = 0;
      } else {
        traced[kept++] = i;
      }
    }
    traced.resize(kept);
    for (int j = 0; j < k; j++) {
      tau += std::exp(beta[active[j]]);
      T += z[active[j]];
    }
    for (int j = 0; j < k; j++) {
      const int i = active[j];
      if (!has[i]) traced.push_back(i);
      has[i] = 1;
      gather(i, 1, tau, T, moved);
    }
    vd = moved;
    return vOld = v;
  }
};

static uint32_t state = 1;
static float uniform() {
  state = 1664525u * state + 1013904223u;
  return (state >> 8) * (1.f / 16777216.f);
}

static double now() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const int n = std::atoi(argv[1]), k = std::atoi(argv[2]), ring = 256;
  const double limit = std::atof(argv[3]) * 1e6;
  std::vector<float> x(k == 0 ? (size_t)n * ring : 0), rewards(ring);
  std::vector<int> active((size_t)k * ring);
  for (float &value : x) value = (2 * uniform() - 1) / std::sqrt((float)n);
  for (int t = 0; t < ring; t++) {
    rewards[t] = 2 * uniform() - 1;
    std::vector<char> taken(n);
    for (int j = 0; j < k; j++) {
      int i = (int)(uniform() * n);
      while (taken[i]) i = (i + 1) % n;
      taken[i] = 1;
      active[t * k + j] = i;
    }
  }
  Learner learner(n);
  float sum = 0;
  auto once = [&] {
    for (int t = 0; t < ring; t++) {
      sum += k == 0 ? learner.dense(&x[(size_t)t * n], rewards[t]) : learner.sparse(&active[(size_t)t * k], k, rewards[t]);
    }
  };
  const double warm = now();
  while (now() - warm < limit / 2) once();
  long steps = 0;
  const double begin = now();
  while (now() - begin < limit) {
    once();
    steps += ring;
  }
  const double ns = (now() - begin) / steps;
  std::printf("%.3f\n", ns);
  return std::isfinite(sum) ? 0 : 1;
}
