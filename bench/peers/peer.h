/*
 * What the native peers share: the generator of weights and inputs, the command line, the clock and the timing.
 *
 * The generator is a 32-bit LCG, s = 1664525 s + 1013904223, whose upper 24 bits are the number: it is written the
 * same way in task.py, so that every peer starts from the same weights and reads the same inputs bit for bit.
 * Order of the draws: weights [gate i, f, o, g][column][x_1..x_m, 1, h], head weights [column, bias], then per step
 * the inputs and the cumulant.
 */
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

constexpr double GAMMA = 0.9, LAMBDA = 0.9, DECAY = 0.9999;
constexpr float NU_MIN = 1e-30f, EPSILON = 1e-8f;
constexpr int RING = 256;        // steps generated once and then repeated, so that generating is not timed
constexpr int CHECK_STEPS = 200; // the peers' predictions are compared after that many steps

struct Lcg {
  uint32_t state = 1;
  double uniform() {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) * (1.0 / 16777216.0);
  }
};

struct Task {
  int columns, inputs;
  bool rmsprop;
  double alpha;
  std::vector<float> weights;       // [4][columns][inputs + 2]
  std::vector<double> head;         // [columns + 1]
  std::vector<float> observation;   // [RING][inputs]
  std::vector<double> cumulant;     // [RING]

  Task(int columns, int inputs, bool rmsprop, double stepSize)
      : columns(columns), inputs(inputs), rmsprop(rmsprop), alpha(stepSize / columns) {
    Lcg random;
    weights.resize(size_t(4) * columns * (inputs + 2));
    for (float &weight : weights) weight = float(random.uniform() * 0.2 - 0.1);
    head.resize(columns + 1);
    for (double &weight : head) weight = random.uniform() * 0.02 - 0.01;
    for (int t = 0; t < RING; t++) {
      for (int j = 0; j < inputs; j++) observation.push_back(random.uniform() < 0.1 ? 1.f : 0.f);
      cumulant.push_back(random.uniform() < 0.01 ? 1.0 : 0.0);
    }
  }

  long parameters() const { return 4L * columns * (inputs + 2) + columns + 1; }
};

struct Options {
  std::vector<int> columns{16, 64}, inputs{8, 32};
  std::vector<std::string> rules{"td-lambda"};
  int rounds = 7;
  double milliseconds = 50;
  double alpha = 1e-3; // times the number of columns; a large one makes the check depend on what was learnt

  Options(int argc, char **argv) {
    for (int a = 1; a + 1 < argc; a += 2) {
      const std::string name = argv[a];
      const auto list = split(argv[a + 1]);
      if (name == "--columns") columns = numbers(list);
      else if (name == "--inputs") inputs = numbers(list);
      else if (name == "--rules") rules = list;
      else if (name == "--rounds") rounds = std::atoi(argv[a + 1]);
      else if (name == "--milliseconds") milliseconds = std::atof(argv[a + 1]);
      else if (name == "--alpha") alpha = std::atof(argv[a + 1]);
      else fail("unknown option " + name);
    }
    if (argc % 2 == 0) fail("options come in pairs, --name value");
    if (columns.size() != inputs.size()) fail("--columns and --inputs are read in pairs: give as many of each");
    for (int size : columns) if (size < 1) fail("--columns takes numbers of at least 1");
    for (int size : inputs) if (size < 1) fail("--inputs takes numbers of at least 1");
    for (auto &rule : rules) if (rule != "td-lambda" && rule != "rmsprop") fail("unknown rule " + rule);
    if (rounds < 1) fail("--rounds takes a number of at least 1");
  }

  [[noreturn]] static void fail(const std::string &why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(2);
  }
  static std::vector<std::string> split(const std::string &text) {
    std::vector<std::string> parts(1);
    for (char c : text) {
      if (c == ',') parts.emplace_back();
      else parts.back().push_back(c);
    }
    return parts;
  }
  static std::vector<int> numbers(const std::vector<std::string> &list) {
    std::vector<int> result;
    for (auto &text : list) result.push_back(std::atoi(text.c_str()));
    return result;
  }
};

/** ns of this thread's CPU time */
inline double cpuNow() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/** Times Learner(task).step(t), t an index of the ring, which returns the prediction v_t; prints one line per setting. */
template <typename Learner> int timePeer(const char *peer, int argc, char **argv) {
  const Options options(argc, argv);
  for (size_t s = 0; s < options.columns.size(); s++) {
    for (const auto &rule : options.rules) {
      const Task task(options.columns[s], options.inputs[s], rule == "rmsprop", options.alpha);
      Learner learner(task);
      double value = 0, check = 0;
      for (int t = 0; t < RING; t++) {
        value = learner.step(t);
        if (t == CHECK_STEPS - 1) check = value;
      }
      std::vector<double> rounds;
      long steps = 0;
      for (int round = 0; round < options.rounds; round++) {
        const double begin = cpuNow();
        double elapsed = 0;
        long count = 0;
        do {
          for (int t = 0; t < RING; t++) value = learner.step(t);
          count += RING;
          elapsed = cpuNow() - begin;
        } while (elapsed < options.milliseconds * 1e6);
        rounds.push_back(elapsed / count);
        steps += count;
      }
      const double nsPerStep = median(rounds);
      std::printf("{\"peer\":\"%s\",\"name\":\"lstm-columns/columnar/%s\",\"size\":\"%dx%d\",\"columns\":%d,"
                  "\"inputs\":%d,\"nsPerStep\":%.1f,\"nsPerParameter\":%.4f,\"steps\":%ld,\"checksum\":%.9g,"
                  "\"check\":%.9g}\n",
                  peer, rule.c_str(), task.columns, task.inputs, task.columns, task.inputs, nsPerStep,
                  nsPerStep / task.parameters(), steps, value, check);
      std::fflush(stdout);
    }
  }
  return 0;
}
