/*
 * Peer "cpp": the straightforward program. A columnar LSTM, exact RTRL traces, TD(lambda) or RMSprop, a linear head,
 * in the order of the textbook: forward, apply, traces, eligibility, each a loop of its own over plain float arrays.
 *
 * Column k, gates i, f, o (sigmoid) and g (tanh), each with weights on e = [x_1..x_m, 1, own h_{t-1}]:
 *   c_t = f c_{t-1} + i g       h_t = o tanh(c_t)       v_t = w . [h_t, 1]
 *   delta_t = cumulant_t + gamma v_t - v_{t-1}
 *   td-lambda  theta += alpha delta z
 *   rmsprop    change = delta z,  nu = max(1e-30, decay nu + (1 - decay) change^2),
 *              theta += alpha change / (sqrt(nu) + 1e-8)
 *   traces     Tc' = f Tc + A Th + B_gate e      Th' = E Tc' + G Th + C_gate e
 *     B_i = g i(1-i)   B_f = c_{t-1} f(1-f)   B_o = 0   B_g = i(1-g^2)     A = sum over gates of u_gate B_gate
 *     F = tanh(c_t) o(1-o)   C_o = F, else 0   E = o(1-tanh(c_t)^2)   G = F u_o
 *   eligibility z = gamma lambda z + w_k Th'   (head: zw = gamma lambda zw + [h_t, 1])
 * Weights and traces are [gate][column][e]; a column's e lies in one row, so the inner loops run over contiguous
 * floats and the compiler vectorises them.
 */
#include "peer.h"
#include <array>
#include <cmath>

enum Gate { I, F, O, G };

static float sigmoid(float a) { return 1.f / (1.f + std::exp(-a)); }

// Eight partial sums: without them the compiler may not reorder the additions, and so not vectorise the dot product.
static float dot(const float *__restrict a, const float *__restrict b, int n) {
  float sum[8] = {};
  int j = 0;
  for (; j + 8 <= n; j += 8)
    for (int l = 0; l < 8; l++) sum[l] += a[j + l] * b[j + l];
  float total = 0;
  for (; j < n; j++) total += a[j] * b[j];
  for (float part : sum) total += part;
  return total;
}

class Learner {
  const Task &task;
  const int d, n; // columns, entries of a gate
  std::array<std::vector<float>, 4> theta, z, traceC, traceH, nu;
  std::vector<float> e, c, h;                     // e is [column][n]
  std::array<std::vector<float>, 4> direct;       // B_gate, per column
  std::vector<float> forget, A, E, FO, recurrent; // FO: the text's F; recurrent: the text's G
  std::vector<double> w, zw, nuW, phi;
  double vBefore = 0;

public:
  explicit Learner(const Task &task)
      : task(task), d(task.columns), n(task.inputs + 2), e(size_t(d) * n, 1.f), c(d), h(d), forget(d), A(d), E(d),
        FO(d), recurrent(d), w(task.head), zw(d + 1), nuW(d + 1, 1.0), phi(d + 1, 1.0) {
    const size_t size = size_t(d) * n;
    for (int gate = 0; gate < 4; gate++) {
      theta[gate].assign(task.weights.begin() + gate * size, task.weights.begin() + (gate + 1) * size);
      z[gate].resize(size);
      traceC[gate].resize(size);
      traceH[gate].resize(size);
      if (task.rmsprop) nu[gate].assign(size, 1.f);
      direct[gate].resize(d);
    }
  }

  double step(int t) {
    forward(&task.observation[size_t(t) * task.inputs]);
    double v = w[d];
    for (int k = 0; k < d; k++) v += w[k] * (phi[k] = h[k]);
    const double delta = task.cumulant[t] + GAMMA * v - vBefore;
    vBefore = v;
    if (task.rmsprop) applyRmsprop(delta);
    else applyTdLambda(delta);
    updateTraces();
    updateEligibility();
    return v;
  }

private:
  void forward(const float *x) {
    for (int k = 0; k < d; k++) {
      float *row = &e[size_t(k) * n];
      std::copy(x, x + n - 2, row);
      row[n - 1] = h[k];
      float a[4], u[4];
      for (int gate = 0; gate < 4; gate++) {
        const float *weights = &theta[gate][size_t(k) * n];
        a[gate] = dot(weights, row, n);
        u[gate] = weights[n - 1];
      }
      const float i = sigmoid(a[I]), f = sigmoid(a[F]), o = sigmoid(a[O]), g = std::tanh(a[G]);
      direct[I][k] = g * i * (1 - i);
      direct[F][k] = c[k] * f * (1 - f);
      direct[G][k] = i * (1 - g * g);
      A[k] = u[I] * direct[I][k] + u[F] * direct[F][k] + u[G] * direct[G][k];
      c[k] = f * c[k] + i * g;
      const float squashed = std::tanh(c[k]);
      h[k] = o * squashed;
      forget[k] = f;
      FO[k] = squashed * o * (1 - o);
      E[k] = o * (1 - squashed * squashed);
      recurrent[k] = FO[k] * u[O];
    }
  }

  void applyTdLambda(double delta) {
    const float rate = float(task.alpha * delta);
    for (int gate = 0; gate < 4; gate++) {
      float *__restrict weights = theta[gate].data();
      const float *__restrict elig = z[gate].data();
      for (int p = 0; p < d * n; p++) weights[p] += rate * elig[p];
    }
    for (int k = 0; k <= d; k++) w[k] += task.alpha * delta * zw[k];
  }

  void applyRmsprop(double delta) {
    const float error = float(delta), alpha = float(task.alpha), decay = float(DECAY), fresh = float(1 - DECAY);
    for (int gate = 0; gate < 4; gate++) {
      float *__restrict weights = theta[gate].data();
      float *__restrict second = nu[gate].data();
      const float *__restrict elig = z[gate].data();
      for (int p = 0; p < d * n; p++) {
        const float change = error * elig[p], moment = decay * second[p] + fresh * change * change;
        second[p] = moment > NU_MIN ? moment : NU_MIN;
        weights[p] += alpha * change / (std::sqrt(second[p]) + EPSILON);
      }
    }
    for (int k = 0; k <= d; k++) {
      const double change = delta * zw[k];
      nuW[k] = std::max(double(NU_MIN), DECAY * nuW[k] + (1 - DECAY) * change * change);
      w[k] += task.alpha * change / (std::sqrt(nuW[k]) + double(EPSILON));
    }
  }

  void updateTraces() {
    for (int gate = 0; gate < 4; gate++) {
      for (int k = 0; k < d; k++) {
        float *__restrict tc = &traceC[gate][size_t(k) * n];
        float *__restrict th = &traceH[gate][size_t(k) * n];
        const float *__restrict row = &e[size_t(k) * n];
        const float f = forget[k], a = A[k], b = direct[gate][k];
        const float ee = E[k], g = recurrent[k], cc = gate == O ? FO[k] : 0.f;
        for (int j = 0; j < n; j++) {
          tc[j] = f * tc[j] + a * th[j] + b * row[j];
          th[j] = ee * tc[j] + g * th[j] + cc * row[j];
        }
      }
    }
  }

  void updateEligibility() {
    const float fade = float(GAMMA * LAMBDA);
    for (int gate = 0; gate < 4; gate++) {
      for (int k = 0; k < d; k++) {
        float *__restrict elig = &z[gate][size_t(k) * n];
        const float *__restrict th = &traceH[gate][size_t(k) * n];
        const float weight = float(w[k]);
        for (int j = 0; j < n; j++) elig[j] = fade * elig[j] + weight * th[j];
      }
    }
    for (int k = 0; k <= d; k++) zw[k] = GAMMA * LAMBDA * zw[k] + phi[k];
  }
};

int main(int argc, char **argv) { return timePeer<Learner>("cpp", argc, argv); }
