"""Golden values of Gymnasium's wrappers and vectors, around the tiny environment of ../pulse.ts.

Run: python -m venv venv && venv/bin/pip install gymnasium numpy && venv/bin/python make_wrappers.py > wrappers.json
"""

import json
import platform

import gymnasium as gym
import numpy as np
from gymnasium import wrappers as w
from gymnasium.spaces import Box, Discrete, MultiBinary, MultiDiscrete


class Pulse(gym.Env):
    observation_space = Box(np.array([-0.5, 0.0]), np.array([0.75, 1.5]), dtype=np.float64)
    action_space = Discrete(3)

    def __init__(self, first=0):
        self.episode = first - 1

    def see(self):
        return np.array([7 * self.t % 11 / 8 - 0.5, self.t / 4])

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        self.episode += 1
        return self.see(), {"t": 0}

    def pay(self, action):
        return float(action)

    def step(self, action):
        self.t += 1
        info = {"t": self.t}
        if self.t % 2 == 1:
            info |= {"odd": True, "half": np.array([self.t / 2, float(self.t)])}
        reward = 5 * self.t % 7 / 2 - 1 + self.pay(action)
        return self.see(), reward, self.t >= [4, 6, 3][self.episode % 3], False, info


class Slider(Pulse):
    """The same, with vectors for actions: they pay their first entry and ten times their second."""

    action_space = Box(-1.0, 3.0, (2,), dtype=np.float64)

    def pay(self, action):
        return float(action[0] + 10 * action[1])


class Single(Slider):
    """The same, in single precision."""

    action_space = Box(-1.0, 3.0, (2,), dtype=np.float32)


class Digits(Pulse):
    """Observations from a space that is not a Box."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        spaces = Discrete(9, start=2), MultiDiscrete([7, 3], start=[1, -1]), MultiBinary(3)
        self.observation_space = dict(zip(("one", "many", "bits"), spaces))[kind]

    def see(self):
        t = self.t
        return {"one": 2 + t, "many": np.array([1 + t, t % 3 - 1]), "bits": np.array([t & 1, t >> 1 & 1, t >> 2])}[self.kind]


class Script:
    """A generator that reads its numbers from a list."""

    def __init__(self, uniforms, integers):
        self.uniforms, self.ints = list(uniforms), list(integers)

    def uniform(self):
        return self.uniforms.pop(0)

    def integers(self, low, high):
        value = self.ints.pop(0)
        assert low <= value < high
        return value


def plain(x):
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items() if not (k == "t" and "r" in x)}  # seconds differ
    if isinstance(x, (list, tuple)) or (isinstance(x, np.ndarray) and x.dtype == object):
        return [plain(v) for v in x]
    if isinstance(x, np.ndarray):
        return x.ravel().tolist()
    return x.item() if isinstance(x, np.generic) else x


def life(env, actions, resets=True):
    moments = [plain(env.reset())]
    for action in actions:
        moment = env.step(action)
        moments.append(plain(moment))
        if resets and (moment[2] or moment[3]):
            moments.append(plain(env.reset()))
    return {"actions": plain(actions), "moments": moments}


def limited(steps, first=0):
    return w.TimeLimit(Pulse(first), steps)


def sticky():
    env = w.StickyAction(Pulse(), 0.5, (1, 3))
    uniforms = [0.7, 0.2, 0.5, 0.1, 0.9, 0.49, 0.3, 0.99, 0.0, 0.6, 0.1, 0.8, 0.4, 0.2, 0.9, 0.1]
    integers = [2, 3, 1, 1, 3, 2, 1, 2, 1]
    env.unwrapped.np_random = Script(uniforms, integers)
    return {**life(env, cycle(16)), "uniforms": uniforms, "integers": integers}


def cycle(n):
    return [t * t % 3 for t in range(n)]


def vectors(mode):
    env = gym.vector.SyncVectorEnv([lambda i=i: Pulse(i) for i in range(3)], autoreset_mode=mode)
    moments = [plain(env.reset(seed=3))]
    for t in range(9):
        moment = env.step(np.array([t % 3, 1, 2]))
        moments.append(plain(moment))
        mask = np.logical_or(moment[2], moment[3])
        if mode == gym.vector.AutoresetMode.DISABLED and mask.any():
            moments.append(plain(env.reset(options={"reset_mask": mask})))
    return moments


def facts(space):
    shape, dtype = list(space.shape), str(space.dtype)
    if isinstance(space, Box):
        return {"kind": "box", "shape": shape, "dtype": dtype, "low": plain(space.low * 1), "high": plain(space.high * 1)}
    if isinstance(space, MultiDiscrete):
        return {"kind": "multi-discrete", "dtype": dtype, "nvec": plain(space.nvec), "start": plain(space.start)}
    return {"kind": "discrete", "n": int(space.n)}


def thirds():
    return w.TransformObservation(Pulse(), lambda x: x / 3, Box(-0.3, 1 / 3, (2,), dtype=np.float64))


def seen(env, actions=8):
    """A life, and the new space of observations; a single number as an array of one, booleans as 0 and 1."""
    space = facts(env.observation_space)
    return {**life(w.TransformObservation(env, lambda x: np.atleast_1d(x) * 1, None), cycle(actions)), "space": space}


def acted(env, actions):
    """A life, the new space of actions, and what some actions of the Box go back to."""
    back = [plain(env.revert_action(v)) for v in vec[:4]]
    return {**life(env, actions), "space": facts(env.action_space), "back": back}


def listed(mode):
    env = gym.vector.SyncVectorEnv([lambda i=i: Pulse(i) for i in range(3)], autoreset_mode=mode)
    env = w.vector.DictInfoToList(env)
    infos = [plain(env.reset(seed=3)[1])]
    for t in range(6):
        _, _, terminations, truncations, info = env.step(np.array([t % 3, 1, 2]))
        infos.append(plain(info))
        mask = np.logical_or(terminations, truncations)
        if mode == gym.vector.AutoresetMode.DISABLED and mask.any():
            infos.append(plain(env.reset(options={"reset_mask": mask})[1]))
    return infos


vec = [np.array([x, y]) for x, y in [(0.5, -0.25), (-1, 1), (1, 2), (0, 0), (0.3, 1.7), (-7, 9)]]
runs = {
    "timeLimit": life(limited(4), cycle(12)),
    "autoreset": life(w.Autoreset(Pulse()), cycle(16), resets=False),
    "statistics": life(w.RecordEpisodeStatistics(Pulse()), cycle(10)),
    "normalizeObservation": life(w.NormalizeObservation(Pulse()), cycle(12)),
    "normalizeReward": life(w.NormalizeReward(limited(5), gamma=0.9), cycle(14)),
    "frameStackReset": life(w.FrameStackObservation(Pulse(), 3), cycle(7)),
    "frameStackZero": life(w.FrameStackObservation(Pulse(), 3, padding_type="zero"), cycle(7)),
    "frameStackOwn": life(w.FrameStackObservation(Pulse(), 3, padding_type=np.array([0.25, 1.0])), cycle(7)),
    "timeAware": life(w.TimeAwareObservation(limited(5)), cycle(8)),
    "timeAwareNormalized": life(w.TimeAwareObservation(limited(5), normalize_time=True), cycle(8)),
    "delay": life(w.DelayObservation(Pulse(), 2), cycle(8)),
    "discretize": life(w.DiscretizeObservation(Pulse(), (3, 4)), cycle(12)),
    "discretizeSplit": life(w.DiscretizeObservation(Pulse(), 5, multidiscrete=True), cycle(12)),
    "rescaleObservation": life(w.RescaleObservation(Pulse(), np.array([-1.0, 0.5]), np.array([1.0, 0.5])), cycle(8)),
    "clipReward": life(w.ClipReward(Pulse(), -0.5, 1.0), cycle(8)),
    "repeatAction": life(w.RepeatAction(limited(5), 3), cycle(8)),
    "stickyAction": sticky(),
    "rescaleAction": life(w.RescaleAction(Slider(), 0.0, np.array([1.0, 2.0])), [v for v in vec[2:5]]),
    "clipAction": life(w.ClipAction(Slider()), vec),
    "reshape": seen(w.ReshapeObservation(Pulse(), (2, 1))),
    "dtypeFloat": seen(w.DtypeObservation(thirds(), "float32"), 4),
    "dtypeInt": seen(w.DtypeObservation(Pulse(), "int8")),
    "dtypeOne": seen(w.DtypeObservation(Digits("one"), "float32"), 4),
    "dtypeMany": seen(w.DtypeObservation(Digits("many"), "int16"), 4),
    "dtypeBits": seen(w.DtypeObservation(Digits("bits"), "bool"), 4),
    "discretizeAction": acted(w.DiscretizeAction(Slider(), (3, 7)), [0, 5, 20, 13, 8]),
    "discretizeActionSplit": acted(w.DiscretizeAction(Slider(), 3, multidiscrete=True), [np.array([0, 2]), np.array([1, 0])]),
    "discretizeActionSingle": acted(w.DiscretizeAction(Single(), (3, 7)), [0, 5, 20, 13, 8, 2]),
    "listNextStep": listed(gym.vector.AutoresetMode.NEXT_STEP),
    "listSameStep": listed(gym.vector.AutoresetMode.SAME_STEP),
    "listDisabled": listed(gym.vector.AutoresetMode.DISABLED),
    "vectorNextStep": vectors(gym.vector.AutoresetMode.NEXT_STEP),
    "vectorSameStep": vectors(gym.vector.AutoresetMode.SAME_STEP),
    "vectorDisabled": vectors(gym.vector.AutoresetMode.DISABLED),
}
versions = {"gymnasium": gym.__version__, "numpy": np.__version__, "python": platform.python_version()}
print(json.dumps({"versions": versions, "runs": runs}, separators=(",", ":")))
