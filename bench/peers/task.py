"""
What the Python peers share with peer.h: the constants of the learning step, the generator of weights and inputs
(a 32-bit LCG, the same draws in the same order, so that all peers start alike bit for bit) and the timing.
"""
import json
import statistics
import time

GAMMA, LAMBDA, DECAY = 0.9, 0.9, 0.9999
NU_MIN, EPSILON = 1e-30, 1e-8
RING = 256  # steps generated once and then repeated
CHECK_STEPS = 200  # the peers' predictions are compared after that many steps
I, F, O, G = range(4)


def uniforms():
    state = 1
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield (state >> 8) / 16777216


class Task:
    """weights: [4][columns][inputs + 2], head: [columns + 1], observation: [RING][inputs], cumulant: [RING]; lists."""

    def __init__(self, columns, inputs, rule, step_size):
        self.columns, self.inputs, self.rule, self.alpha = columns, inputs, rule, step_size / columns
        random = uniforms()
        self.weights = [
            [[next(random) * 0.2 - 0.1 for _ in range(inputs + 2)] for _ in range(columns)] for _ in range(4)
        ]
        self.head = [next(random) * 0.02 - 0.01 for _ in range(columns + 1)]
        self.observation, self.cumulant = [], []
        for _ in range(RING):
            self.observation.append([1.0 if next(random) < 0.1 else 0.0 for _ in range(inputs)])
            self.cumulant.append(1.0 if next(random) < 0.01 else 0.0)

    @property
    def parameters(self):
        return 4 * self.columns * (self.inputs + 2) + self.columns + 1


def time_peer(peer, task, run, chunk, options):
    """
    run() does the next `chunk` steps of the ring and returns their predictions; chunk divides RING. The first round
    of the ring warms up and gives the check. process_time, and not the time of this thread: a library may compute in
    another one.
    """
    values = []
    while len(values) < RING:
        values.extend(float(v) for v in run())
    rounds, steps = [], 0
    for _ in range(options.rounds):
        count, begin = 0, time.process_time()
        while True:
            last = run()
            count += chunk
            elapsed = time.process_time() - begin
            if elapsed >= options.milliseconds / 1e3:
                break
        rounds.append(elapsed * 1e9 / count)
        steps += count
    ns = statistics.median(rounds)
    line = {
        "peer": peer,
        "name": f"lstm-columns/columnar/{task.rule}",
        "size": f"{task.columns}x{task.inputs}",
        "columns": task.columns,
        "inputs": task.inputs,
        "nsPerStep": round(ns, 1),
        "nsPerParameter": round(ns / task.parameters, 4),
        "steps": steps,
        "checksum": float(last[-1]),
        "check": values[CHECK_STEPS - 1],
    }
    print(json.dumps(line), flush=True)
