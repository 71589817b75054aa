"""Environments whose observation is the last action, for every kind of space; registered on import.

What Python sees must be an element of its space; the info carries Gymnasium's own flat form of it.
"""

import gymnasium
import numpy as np
from gymnasium import spaces


class Echo(gymnasium.Env):
    def __init__(self, space):
        self.observation_space = self.action_space = space

    def reset(self, seed=None, options=None):
        super().reset(seed=seed)
        self.observation_space.seed(seed)
        return self.show(self.observation_space.sample())

    def step(self, action):
        if action not in self.action_space:
            raise ValueError(f"{action!r} is not in {self.action_space}")
        observation, info = self.show(action)
        return observation, 0.0, False, False, info

    def show(self, x):
        flat = spaces.flatten(self.observation_space, x) if self.observation_space.is_np_flattenable else []
        return x, {"flat": np.asarray(flat, np.float64)}


class Unknown(spaces.Space):
    """None of the ten kinds."""

    is_np_flattenable = False

    def sample(self, mask=None, probability=None):
        return "anything"

    def contains(self, x):
        return True


def dtypes():
    """A Box of each dtype, bounded, and free where it may be."""
    names = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "bool")
    bounded = [spaces.Box(0, 1, (2,), np.dtype(name)) for name in names]
    free = [spaces.Box(-np.inf, np.inf, (2,), np.dtype(name)) for name in names if name[0] in "if"]
    return spaces.Tuple(bounded + free)


deep = spaces.Dict({"b": spaces.Box(-9, 9, (3,), np.int16), "a": spaces.Discrete(2)})
parts = {
    "image": spaces.Box(0, 255, (2, 3), np.uint8),
    "count": spaces.Discrete(5, start=-2),
    "legs": spaces.MultiDiscrete([[2, 3], [4, 5]], start=[[0, -1], [0, 7]]),
    "flags": spaces.MultiBinary([2, 2]),
    "far": spaces.Box(-np.inf, np.inf, ()),
    "deep": spaces.Tuple((deep, spaces.Discrete(3))),
}
colours = spaces.Dict({"place": spaces.Box(0, 1, (2,)), "colour": spaces.Discrete(3)})
kinds = {
    "Dict": spaces.Dict(parts),
    "Tuple": spaces.Tuple((spaces.Discrete(3, start=5), spaces.Box(-1, 1, (2, 2)), spaces.MultiDiscrete([2, 3]))),
    "Grid": spaces.MultiDiscrete([[2, 3], [4, 5]]),
    "Bits": spaces.MultiBinary((2, 3)),
    "Types": dtypes(),
    "Half": spaces.Box(0, 1, (2,), np.float16),
    "Text": spaces.Text(5, min_length=2, charset="dcba"),
    "Words": spaces.Dict({"word": spaces.Text(3), "box": spaces.Box(0, np.inf, (2, 2))}),
    "OneOf": spaces.OneOf((spaces.Discrete(3), colours)),
    "Sequence": spaces.Sequence(colours),
    "Stack": spaces.Sequence(colours, stack=True),
    "Graph": spaces.Graph(spaces.Box(0, 1, (2,)), spaces.Discrete(4)),
    "Nodes": spaces.Graph(spaces.Discrete(4), None),
    "Unknown": Unknown(),
    "Empty": spaces.Box(0, 1, (0,)),
}
for name, space in kinds.items():
    gymnasium.register(f"Echo/{name}-v0", entry_point=Echo, kwargs={"space": space}, disable_env_checker=True)
