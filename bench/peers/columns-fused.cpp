/*
 * Peer "handFused": the learning step of columns.cpp (its formulas are there) fused by hand, 128 bits wide.
 *
 * Four columns lie in the lanes of a vector. A parameter's state is one entry of a single stream,
 *   [theta | z | Tc | Th] x 4 lanes = 64 bytes   (rmsprop: [theta | z | Tc | Th | nu], 80 bytes),
 * ordered [block of 4 columns][input j][gate], so that one pass per step reads and writes every entry once. The pass
 * of step t does what step t - 1 left to do, then the sums of step t (s stands for t - 1, alpha delta_s was kept):
 *   theta += alpha delta_s z                      (or rmsprop, with nu)
 *   Tc = f Tc + A Th + B_gate e_s                 f, A, B, C, E, G, w: kept per column from step s
 *   Th = E Tc + G Th + C_gate e_s
 *   z  = gamma lambda z + w Th
 *   a_gate += theta e_t
 * Then, block by block, the gates, c_t, h_t and the coefficients for the next pass: in a loop of their own, so that the
 * long chain of one block's exponentials overlaps the next one's.
 * Columns beyond d, in the last block, have zero weights and so stay zero.
 */
#include "peer.h"
#include "vector-math.h"
#include <cmath>
#include <memory>

struct alignas(16) Block { // of four columns: what step s left for the pass of step t
  __m128 f, A, E, G, B[4], Co, w, hBefore, h, c, a[4], u[4];
};

enum Gate { I, F, O, G };

struct Apply {
  __m128 error, alpha, decay, fresh; // td-lambda: error = alpha delta; rmsprop: error = delta
};

template <bool rmsprop> class Fused {
  static constexpr int STREAMS = rmsprop ? 5 : 4;
  const Task &task;
  const int d, m, blocks;
  const size_t entries; // of a block
  float *stream;
  Block *state;
  std::vector<double> w, zw, nuW, phi;
  double vBefore = 0, delta = 0;
  int before = 0; // the ring's index of step s

public:
  explicit Fused(const Task &task)
      : task(task), d(task.columns), m(task.inputs), blocks((d + 3) / 4), entries(size_t(4) * (m + 2)), w(task.head),
        zw(d + 1), nuW(d + 1, 1.0), phi(d + 1, 1.0) {
    _mm_setcsr(_mm_getcsr() | 0x8040); // subnormals are zero
    const size_t floats = blocks * entries * STREAMS * 4;
    stream = allocate<float>(floats);
    state = allocate<Block>(blocks);
    for (int gate = 0; gate < 4; gate++)
      for (int k = 0; k < blocks * 4; k++)
        for (int j = 0; j < m + 2; j++) {
          float *entry = stream + ((k / 4) * entries + j * 4 + gate) * STREAMS * 4 + k % 4;
          if (k < d) entry[0] = task.weights[(size_t(gate) * d + k) * (m + 2) + j];
          if (rmsprop) entry[16] = 1;
        }
  }
  ~Fused() {
    std::free(stream);
    std::free(state);
  }
  Fused(const Fused &) = delete;

  double step(int t) {
    const float *seen = &task.observation[size_t(before) * m], *x = &task.observation[size_t(t) * m];
    Apply apply;
    apply.error = all(float(rmsprop ? delta : task.alpha * delta));
    apply.alpha = all(float(task.alpha));
    apply.decay = all(float(DECAY));
    apply.fresh = all(float(1 - DECAY));
    for (int block = 0; block < blocks; block++)
      pass(stream + block * entries * STREAMS * 4, state[block], apply, m, seen, x);
    for (int block = 0; block < blocks; block++) gates(state[block]);
    before = t;
    return head(task.cumulant[t]);
  }

private:
  template <typename T> static T *allocate(size_t count) {
    const size_t bytes = (count * sizeof(T) + 63) / 64 * 64;
    void *memory = std::aligned_alloc(64, bytes);
    std::memset(memory, 0, bytes);
    return static_cast<T *>(memory);
  }

  /** One entry: last step's change and traces, this step's term of the gate's sum. */
  template <int gate>
  static inline __m128 entry(float *at, const Block &s, const Apply &apply, __m128 fade, __m128 seen, __m128 x, __m128 sum) {
    __m128 *p = reinterpret_cast<__m128 *>(at + gate * STREAMS * 4);
    __m128 theta = p[0], z = p[1], tc = p[2], th = p[3];
    if (rmsprop) {
      const __m128 change = _mm_mul_ps(apply.error, z);
      __m128 nu = _mm_fmadd_ps(_mm_mul_ps(apply.fresh, change), change, _mm_mul_ps(apply.decay, p[4]));
      nu = _mm_max_ps(nu, all(NU_MIN));
      p[4] = nu;
      theta = _mm_add_ps(theta, _mm_div_ps(_mm_mul_ps(apply.alpha, change), _mm_add_ps(_mm_sqrt_ps(nu), all(EPSILON))));
    } else {
      theta = _mm_fmadd_ps(apply.error, z, theta);
    }
    tc = _mm_fmadd_ps(s.f, tc, _mm_mul_ps(s.A, th));
    if (gate != O) tc = _mm_fmadd_ps(s.B[gate], seen, tc);
    th = _mm_fmadd_ps(s.E, tc, _mm_mul_ps(s.G, th));
    if (gate == O) th = _mm_fmadd_ps(s.Co, seen, th);
    z = _mm_fmadd_ps(fade, z, _mm_mul_ps(s.w, th));
    p[0] = theta;
    p[1] = z;
    p[2] = tc;
    p[3] = th;
    return _mm_fmadd_ps(theta, x, sum);
  }

  static inline void pass(float *at, Block &kept, const Apply &apply, int m, const float *seen, const float *x) {
    const Block s = kept; // a copy, so that the coefficients may stay in registers
    const __m128 fade = all(float(GAMMA * LAMBDA));
    __m128 a[4] = {_mm_setzero_ps(), _mm_setzero_ps(), _mm_setzero_ps(), _mm_setzero_ps()};
    const auto entries = [&](__m128 eSeen, __m128 e) {
      a[I] = entry<I>(at, s, apply, fade, eSeen, e, a[I]);
      a[F] = entry<F>(at, s, apply, fade, eSeen, e, a[F]);
      a[O] = entry<O>(at, s, apply, fade, eSeen, e, a[O]);
      a[G] = entry<G>(at, s, apply, fade, eSeen, e, a[G]);
      at += 4 * STREAMS * 4;
    };
    for (int j = 0; j < m; j++) entries(all(seen[j]), all(x[j]));
    entries(all(1.f), all(1.f));
    entries(s.hBefore, s.h);
    const float *recurrent = at - 4 * STREAMS * 4; // the entries of h, whose weights are this step's u_gate
    for (int gate = 0; gate < 4; gate++) {
      kept.a[gate] = a[gate];
      kept.u[gate] = _mm_load_ps(recurrent + gate * STREAMS * 4);
    }
  }

  static inline void gates(Block &s) {
    const __m128 one = all(1.f);
    const __m128 i = sigmoid4(s.a[I]), f = sigmoid4(s.a[F]), o = sigmoid4(s.a[O]), g = tanh4(s.a[G]);
    s.B[I] = _mm_mul_ps(g, _mm_mul_ps(i, _mm_sub_ps(one, i)));
    s.B[F] = _mm_mul_ps(s.c, _mm_mul_ps(f, _mm_sub_ps(one, f)));
    s.B[G] = _mm_mul_ps(i, _mm_fnmadd_ps(g, g, one));
    s.A = _mm_fmadd_ps(s.u[I], s.B[I], _mm_fmadd_ps(s.u[F], s.B[F], _mm_mul_ps(s.u[G], s.B[G])));
    s.c = _mm_fmadd_ps(f, s.c, _mm_mul_ps(i, g));
    const __m128 squashed = tanh4(s.c);
    s.hBefore = s.h;
    s.h = _mm_mul_ps(o, squashed);
    s.f = f;
    s.Co = _mm_mul_ps(squashed, _mm_mul_ps(o, _mm_sub_ps(one, o)));
    s.E = _mm_mul_ps(o, _mm_fnmadd_ps(squashed, squashed, one));
    s.G = _mm_mul_ps(s.Co, s.u[O]);
  }

  /** The prediction, its error, and the head's own learning; leaves the new head weights with the columns. */
  double head(double cumulant) {
    for (int k = 0; k < d; k++) phi[k] = reinterpret_cast<const float *>(&state[k / 4].h)[k % 4];
    double v = 0;
    for (int k = 0; k <= d; k++) v += w[k] * phi[k];
    delta = cumulant + GAMMA * v - vBefore;
    vBefore = v;
    for (int k = 0; k <= d; k++) {
      if (rmsprop) {
        const double change = delta * zw[k];
        nuW[k] = std::max(double(NU_MIN), DECAY * nuW[k] + (1 - DECAY) * change * change);
        w[k] += task.alpha * change / (std::sqrt(nuW[k]) + double(EPSILON));
      } else {
        w[k] += task.alpha * delta * zw[k];
      }
      zw[k] = GAMMA * LAMBDA * zw[k] + phi[k];
    }
    for (int k = 0; k < d; k++) reinterpret_cast<float *>(&state[k / 4].w)[k % 4] = float(w[k]);
    return v;
  }
};

/** Either rule behind the one name that timePeer expects. */
class Learner {
  std::unique_ptr<Fused<false>> tdLambda;
  std::unique_ptr<Fused<true>> rmsprop;

public:
  explicit Learner(const Task &task) {
    if (task.rmsprop) rmsprop = std::make_unique<Fused<true>>(task);
    else tdLambda = std::make_unique<Fused<false>>(task);
  }
  double step(int t) { return rmsprop ? rmsprop->step(t) : tdLambda->step(t); }
};

int main(int argc, char **argv) { return timePeer<Learner>("handFused", argc, argv); }
