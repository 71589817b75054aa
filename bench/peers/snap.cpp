/*
 * Peers "csr" and "blocked": TD(lambda) with masked RTRL (SnAp-n) on a sparse tanh net or GRU, in plain C++ and floats.
 *   J_t = S o (D_t J_{t-1} + I_t),   z_t = gamma lambda z_{t-1} + q' J_t,   theta += alpha delta_t z_{t-1}
 * Both forms do the whole step and differ in the product D J and the pull alone:
 *   csr      every column of J is a compressed list of its kept numbers; entry by entry, a sum over the nonzeros of D's row
 *            that the column keeps, found beforehand (row by row of D, compressed too)
 *   blocked  columns that keep the same entries lie side by side in a dense block, and a nonzero of D adds one row of it
 *            to another, four at a time; the compiler vectorises along the row
 * snap FILE FORM ROUNDS MILLISECONDS: the net, its weights and its inputs come from FILE (bench/snap-peer.ts writes it);
 * prints ns of CPU time per step, the median of the rounds, and v after CHECK_STEPS steps.
 */
#include "peer.h"
#include <cmath>
#include <fstream>
#include <map>
#ifdef __SSE__
#include <xmmintrin.h>
#endif

struct Net {
  std::string cell;
  int units, inputs, rows, entries;
  double alpha;
  std::vector<int> start, source, dest, patternStart, patternColumn;
  std::vector<std::vector<int>> kept; // by row
  std::vector<float> theta, observation;
  std::vector<double> cumulant;

  explicit Net(const char *path) {
    std::ifstream in(path);
    in >> cell >> units >> inputs >> rows >> entries >> alpha;
    read(in, start, rows + 1), read(in, source, entries), read(in, dest, rows), read(in, theta, entries);
    read(in, patternStart, units + 1), read(in, patternColumn, patternStart.back());
    kept.resize(rows);
    for (auto &set : kept) {
      int size;
      in >> size;
      read(in, set, size);
    }
    read(in, observation, RING * inputs), read(in, cumulant, RING);
    if (!in) Options::fail("the file of the net ends too early");
  }

  template <typename T> static void read(std::ifstream &in, std::vector<T> &list, int size) {
    list.resize(size);
    for (T &value : list) in >> value;
  }
};

/* Columns that keep the same set. */
struct Panel {
  std::vector<int> kept, param, hopStart, hopFrom, hopValue;
  struct Immediate { int row, at, first, columns; };
  std::vector<Immediate> immediate;
  std::vector<float> J, next;
};

struct Learner {
  const Net &net;
  const bool isBlocked;
  const int k, first; // units; index in pre of the first state
  std::vector<float> theta, z, pre, h, sum, gain, direct, values, q;
  std::vector<double> w, zw;
  struct Term { int row, entry, slot; };
  std::vector<Term> terms;
  std::vector<Panel> panels;
  double vBefore = 0;

  Learner(const Net &net, bool isBlocked)
      : net(net), isBlocked(isBlocked), k(net.units), first(net.inputs + 1), theta(net.theta), z(net.entries),
        pre(first + k), h(k), sum(net.rows), gain(net.rows), direct(k), values(net.patternColumn.size()), q(k), w(k + 1),
        zw(k + 1) {
    for (int r = 0; r < net.rows; r++)
      for (int e = net.start[r]; e < net.start[r + 1]; e++)
        if (net.source[e] >= first) terms.push_back({r, e, slotOf(net.dest[r], net.source[e] - first)});
    std::map<std::vector<int>, int> known;
    for (int r = 0; r < net.rows; r++) {
      const auto [at, isNew] = known.insert({net.kept[r], int(panels.size())});
      if (isNew) panels.push_back(makePanel(net.kept[r]));
      Panel &panel = panels[at->second];
      int own = 0;
      while (panel.kept[own] != net.dest[r]) own++;
      panel.immediate.push_back({r, own, int(panel.param.size()), net.start[r + 1] - net.start[r]});
      for (int e = net.start[r]; e < net.start[r + 1]; e++) panel.param.push_back(e);
    }
    for (Panel &panel : panels) {
      panel.J.resize(panel.kept.size() * panel.param.size());
      panel.next.resize(panel.J.size());
    }
  }

  size_t entries() const {
    size_t total = 0;
    for (const Panel &panel : panels) total += panel.J.size();
    return total;
  }

  double step(int t) {
    forward(&net.observation[size_t(t) * net.inputs]);
    double v = w[k];
    for (int i = 0; i < k; i++) v += w[i] * h[i];
    const double delta = net.cumulant[t] + GAMMA * v - vBefore;
    vBefore = v;
    const float rate = float(net.alpha * delta);
    for (int e = 0; e < net.entries; e++) theta[e] += rate * z[e];
    for (int i = 0; i <= k; i++) w[i] += net.alpha * delta * zw[i];
    for (int i = 0; i < k; i++) q[i] = float(w[i]);
    const float fade = float(GAMMA * LAMBDA);
    for (Panel &panel : panels) {
      if (isBlocked) advanceBlock(panel, fade);
      else advanceEntries(panel, fade);
    }
    for (int i = 0; i <= k; i++) zw[i] = GAMMA * LAMBDA * zw[i] + (i < k ? h[i] : 1.0);
    return v;
  }

private:
  int slotOf(int unit, int column) const {
    int s = net.patternStart[unit];
    while (net.patternColumn[s] != column) s++;
    return s;
  }

  Panel makePanel(const std::vector<int> &kept) const {
    Panel panel;
    panel.kept = kept;
    std::vector<int> local(k, -1);
    for (size_t i = 0; i < kept.size(); i++) local[kept[i]] = int(i);
    panel.hopStart.push_back(0);
    for (int unit : kept) {
      for (int s = net.patternStart[unit]; s < net.patternStart[unit + 1]; s++) {
        if (local[net.patternColumn[s]] < 0) continue;
        panel.hopFrom.push_back(local[net.patternColumn[s]]);
        panel.hopValue.push_back(s);
      }
      panel.hopStart.push_back(int(panel.hopFrom.size()));
    }
    return panel;
  }

  static float sigmoid(float a) { return 1.f / (1.f + std::exp(-a)); }

  void forward(const float *x) {
    std::copy(x, x + net.inputs, pre.begin());
    pre[net.inputs] = 1;
    std::copy(h.begin(), h.end(), pre.begin() + first);
    for (int r = 0; r < net.rows; r++) {
      float total = 0;
      for (int e = net.start[r]; e < net.start[r + 1]; e++) total += theta[e] * pre[net.source[e]];
      sum[r] = total;
    }
    if (net.cell == "tanh") tanhNet();
    else gru();
    for (int unit = 0; unit < k; unit++) values[net.patternStart[unit]] = direct[unit]; // own block first
    for (int unit = 0; unit < k; unit++)
      for (int s = net.patternStart[unit] + 1; s < net.patternStart[unit + 1]; s++) values[s] = 0;
    for (const Term &term : terms) values[term.slot] += gain[term.row] * theta[term.entry];
  }

  void tanhNet() {
    for (int i = 0; i < k; i++) {
      h[i] = std::tanh(sum[i]);
      gain[i] = 1 - h[i] * h[i];
      direct[i] = 0;
    }
  }

  void gru() { // rows: update, reset, recurrent, candidate
    for (int i = 0; i < k; i++) {
      const float u = sigmoid(sum[i]), r = sigmoid(sum[k + i]), recurrent = sum[2 * k + i];
      const float a = std::tanh(sum[3 * k + i] + r * recurrent), slope = u * (1 - a * a);
      gain[i] = (a - h[i]) * u * (1 - u);
      gain[k + i] = slope * recurrent * r * (1 - r);
      gain[2 * k + i] = slope * r;
      gain[3 * k + i] = slope;
      direct[i] = 1 - u;
      h[i] = (1 - u) * h[i] + u * a;
    }
  }

  /* J: [column][kept] */
  void advanceEntries(Panel &panel, float fade) {
    const int R = int(panel.kept.size());
    for (const auto &own : panel.immediate) {
      for (int c = own.first; c < own.first + own.columns; c++) {
        const int e = panel.param[c];
        const float *J = &panel.J[size_t(c) * R];
        float *next = &panel.next[size_t(c) * R];
        float credit = 0;
        for (int i = 0; i < R; i++) {
          float total = i == own.at ? gain[own.row] * pre[net.source[e]] : 0.f;
          for (int hop = panel.hopStart[i]; hop < panel.hopStart[i + 1]; hop++)
            total += values[panel.hopValue[hop]] * J[panel.hopFrom[hop]];
          next[i] = total;
          credit += q[panel.kept[i]] * total;
        }
        z[e] = fade * z[e] + credit;
      }
    }
    panel.J.swap(panel.next);
  }

  /* J: [kept][column] */
  void advanceBlock(Panel &panel, float fade) {
    const int R = int(panel.kept.size()), P = int(panel.param.size());
    for (int i = 0; i < R; i++) {
      float *__restrict next = &panel.next[size_t(i) * P];
      int hop = panel.hopStart[i];
      const int end = panel.hopStart[i + 1];
      std::fill(next, next + P, 0.f);
      for (; hop + 3 < end; hop += 4) {
        const float *__restrict a = &panel.J[size_t(panel.hopFrom[hop]) * P];
        const float *__restrict b = &panel.J[size_t(panel.hopFrom[hop + 1]) * P];
        const float *__restrict c = &panel.J[size_t(panel.hopFrom[hop + 2]) * P];
        const float *__restrict d = &panel.J[size_t(panel.hopFrom[hop + 3]) * P];
        const float va = values[panel.hopValue[hop]], vb = values[panel.hopValue[hop + 1]];
        const float vc = values[panel.hopValue[hop + 2]], vd = values[panel.hopValue[hop + 3]];
        for (int j = 0; j < P; j++) next[j] += va * a[j] + vb * b[j] + vc * c[j] + vd * d[j];
      }
      for (; hop < end; hop++) {
        const float *__restrict a = &panel.J[size_t(panel.hopFrom[hop]) * P];
        const float va = values[panel.hopValue[hop]];
        for (int j = 0; j < P; j++) next[j] += va * a[j];
      }
    }
    for (const auto &own : panel.immediate) {
      float *next = &panel.next[size_t(own.at) * P];
      for (int c = own.first; c < own.first + own.columns; c++) next[c] += gain[own.row] * pre[net.source[panel.param[c]]];
    }
    credit.assign(P, 0.f);
    for (int i = 0; i < R; i++) {
      const float error = q[panel.kept[i]];
      const float *__restrict next = &panel.next[size_t(i) * P];
      float *__restrict to = credit.data();
      for (int j = 0; j < P; j++) to[j] += error * next[j];
    }
    for (int j = 0; j < P; j++) {
      float &trace = z[panel.param[j]];
      trace = fade * trace + credit[j];
    }
    panel.J.swap(panel.next);
  }

  std::vector<float> credit;
};

int main(int argc, char **argv) {
  if (argc != 5) Options::fail("usage: snap FILE csr|blocked ROUNDS MILLISECONDS");
#ifdef __SSE__
  _mm_setcsr(_mm_getcsr() | 0x8040); // numbers too small to be normal are 0, as ours are: they would cost a hundred times more
#endif
  const std::string form = argv[2];
  if (form != "csr" && form != "blocked") Options::fail("unknown form " + form);
  const Net net(argv[1]);
  Learner learner(net, form == "blocked");
  double value = 0, check = 0;
  for (int t = 0; t < RING; t++) {
    value = learner.step(t);
    if (t == CHECK_STEPS - 1) check = value;
  }
  const double milliseconds = std::atof(argv[4]);
  std::vector<double> rounds;
  for (int round = 0; round < std::atoi(argv[3]); round++) {
    const double begin = cpuNow();
    double elapsed = 0;
    long count = 0;
    do {
      for (int t = 0; t < 16; t++) value = learner.step(int((count + t) % RING));
      count += 16;
      elapsed = cpuNow() - begin;
    } while (elapsed < milliseconds * 1e6);
    rounds.push_back(elapsed / count);
  }
  std::printf("{\"nsPerStep\":%.1f,\"entries\":%zu,\"check\":%.9g,\"last\":%.9g}\n", median(rounds), learner.entries(),
              check, value);
  return 0;
}
