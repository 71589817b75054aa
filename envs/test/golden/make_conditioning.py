"""Golden streams of Rafiee et al.'s trace conditioning and trace patterning under RandomState(seed): conditioning.json.

    python3 -m venv venv && venv/bin/pip install numpy && venv/bin/python envs/test/golden/make_conditioning.py

The original is not on PyPI; this restates its definition: stimuli with an onset that last so many ticks, and the order
of its random draws. Of each stream the SHA-256 of 2000 observations, one byte per entry, and the steps at which the US
and the first cue come on.
"""
import hashlib
import itertools
import json
from pathlib import Path
import numpy as np

STEPS, SEEDS, ITI = 2000, (0, 7), (80, 120)


class Stimulus:
    def __init__(self, length):
        self.length, self.active, self.onset, self.k = length, False, -1, 0

    def tick(self, t):
        if self.active:
            if self.k >= self.length:
                self.active, self.k = False, 0
            self.k += 1
        elif self.onset == t:
            self.active, self.k = True, 1
        return int(self.active)


class Conditioning:
    """US, CS, distractors that come on by themselves."""

    def __init__(self, seed, isi, distractors):
        self.random, self.isi, self.next_trial = np.random.RandomState(seed), isi, 0
        self.us, self.cues = Stimulus(2), [Stimulus(4)]
        self.distractors = [Stimulus(4) for _ in range(distractors)]

    def plan_trial(self, t):
        self.cues[0].onset = t
        self.us.onset = t + self.random.randint(self.isi[0], self.isi[1] + 1)
        self.next_trial = self.us.onset + self.random.randint(ITI[0], ITI[1] + 1)

    def plan_distractors(self, t):
        for i, distractor in enumerate(self.distractors):
            if not distractor.active and self.random.rand() < 1 / (10 * (i + 1)):
                distractor.onset = t

    def observe(self, t):
        if t == self.next_trial:
            self.plan_trial(t)
        self.plan_distractors(t)
        return [stimulus.tick(t) for stimulus in (self.us, *self.cues, *self.distractors)]


class Patterning(Conditioning):
    """US, n cues, distractors that come on with the cues."""

    def __init__(self, seed, isi, distractors, cues=6, patterns=10, noise=0.0):
        super().__init__(seed, isi, distractors)
        self.cues, self.noise = [Stimulus(4) for _ in range(cues)], noise
        halves = [[int(c in half) for c in range(cues)] for half in itertools.combinations(range(cues), cues // 2)]
        chosen = self.random.choice(np.arange(len(halves)), patterns, replace=False)
        self.activating = [halves[i] for i in chosen]
        self.on_purpose = (2**cues * 0.5 - patterns) / (2**cues - patterns)

    def plan_trial(self, t):
        if self.random.rand() < self.on_purpose:
            pattern = self.activating[self.random.randint(len(self.activating))]
        else:
            pattern = self.random.randint(2, size=len(self.cues)).tolist()
        isi = self.random.randint(self.isi[0], self.isi[1] + 1)
        opposite = self.random.rand() < self.noise
        if (pattern in self.activating) != opposite:
            self.us.onset = t + isi
        bits = self.random.randint(2, size=len(self.distractors))
        for stimulus, bit in zip(self.cues + self.distractors, [*pattern, *bits]):
            if bit:
                stimulus.onset = t
        self.next_trial = t + isi + self.random.randint(ITI[0], ITI[1] + 1)

    def plan_distractors(self, t):
        pass


def stream(id, options, make):
    for seed in SEEDS:
        world = make(seed)
        seen = np.array([world.observe(t) for t in range(STEPS)], np.uint8)
        came = [[t for t in range(STEPS) if seen[t, i] and (t == 0 or not seen[t - 1, i])] for i in (0, 1)]
        yield dict(id=id, options=options, seed=seed, sha256=hashlib.sha256(seen.tobytes()).hexdigest(), us=came[0],
                   cue=came[1])


if __name__ == '__main__':
    streams = [
        *stream('trace-conditioning', {}, lambda seed: Conditioning(seed, (7, 13), 10)),
        *stream('trace-conditioning', dict(isi=[20, 40], distractors=3), lambda seed: Conditioning(seed, (20, 40), 3)),
        *stream('trace-patterning', {}, lambda seed: Patterning(seed, (7, 13), 10)),
        *stream('noisy-patterning', dict(noise=0.1), lambda seed: Patterning(seed, (4, 4), 10, noise=0.1)),
    ]
    lines = ',\n'.join('  ' + json.dumps(one) for one in streams)
    head = f' "made_by": "make_conditioning.py",\n "versions": {{"numpy": "{np.__version__}"}}'
    Path(__file__).with_name('conditioning.json').write_text(f'{{\n{head},\n "streams": [\n{lines}\n ]\n}}\n')
