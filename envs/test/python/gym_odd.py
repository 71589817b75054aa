"""Environments of every kind of space; registered on import. The observation tells the last action."""

import gymnasium
import numpy as np
from gymnasium import spaces


class Odd(gymnasium.Env):
    def __init__(self, observation_space, action_space, see):
        self.observation_space, self.action_space, self.see = observation_space, action_space, see

    def reset(self, seed=None, options=None):
        super().reset(seed=seed)
        return self.see(None), {"first": True}

    def step(self, action):
        info = {"nan": float("nan"), "array": np.arange(3), "number": np.float32(0.5), "odd": {1: {2}}, "raw": object}
        return self.see(action), np.float64(1.5), np.bool_(False), False, info


class Late(gymnasium.Env):
    """Plain data until it is reset."""

    observation_space, action_space = spaces.Discrete(2), spaces.Discrete(2)

    def reset(self, seed=None, options=None):
        super().reset(seed=seed)
        self.bits = iter([0, 1])
        return next(self.bits), {}


def multi(action):
    """MultiDiscrete from MultiBinary."""
    return np.array([2, 5 if action is None else 4 + int(action.sum()) % 2])


def nested(action):
    """Dict and Tuple, to be seen flat (sorted by key) or as they are."""
    arm, hand = (np.zeros(2), 0) if action is None else (action["arm"], action["hand"])
    return {"place": arm.astype(np.float32), "held": (hand, np.array([1, 0], np.int8))}


def wide(action):
    """More bytes than a pipe holds."""
    return np.full((210, 160, 3), 7 if action is None else action, np.uint8)


def words(action):
    return ("up", "down")[0 if action is None else int(action)]


def several(action):
    return tuple(np.full(1, i, np.float32) for i in range(2 if action is None else int(action)))


arm = spaces.Dict({"arm": spaces.Box(-1, 1, (2,)), "hand": spaces.Discrete(2)})
held = spaces.Tuple((spaces.Discrete(2), spaces.MultiBinary(2)))
kinds = {
    "Multi": (spaces.MultiDiscrete([3, 2], start=[0, 4]), spaces.MultiBinary(3), multi),
    "Nested": (spaces.Dict({"place": spaces.Box(-1, 1, (2,)), "held": held}), arm, nested),
    "Wide": (spaces.Box(0, 255, (210, 160, 3), np.uint8), spaces.Discrete(3, start=5), wide),
    "Text": (spaces.Text(4, charset="updown"), spaces.Discrete(2), words),
    "Sequence": (spaces.Sequence(spaces.Box(0, 9, (1,))), spaces.Discrete(4), several),
    "Long": (spaces.Discrete(9, start=-4), spaces.Box(-5, 5, (2,), np.int64), lambda a: 0 if a is None else int(a[0])),
    "Misfit": (spaces.Box(0, 1, (2,)), spaces.Discrete(2), lambda a: np.zeros(2 if a is None else 3)),
}
for name, (observation, action, see) in kinds.items():
    made = {"observation_space": observation, "action_space": action, "see": see}
    gymnasium.register(f"Odd/{name}-v0", entry_point=Odd, kwargs=made, disable_env_checker=True)
gymnasium.register("Odd/Late-v0", entry_point=Late)
