"""Golden episodes of POPGym's environments -> popgym.json (cards, boards, bandits) and popgym-control.json.

    python3 -m venv venv && venv/bin/pip install popgym==1.0.7 gymnasium numpy
    venv/bin/python envs/test/golden/make_popgym.py

Easy: 2 seeds x 4 episodes. Medium and hard: 1 seed x 2 episodes, to stay small; pendulums 1 seed x 1 episode each.
Discrete observations are recorded part by part, with the number of values of each part in `nvec`. A torque is 5 u - 2.5
in single precision, u the next x / 65537: now and then it is out of bounds.
"""
import importlib
from importlib.metadata import version

import gymnasium as gym
import numpy as np
from recording import record, write

DISCRETE = {
    "repeat-first": "repeat_first.RepeatFirst",
    "repeat-previous": "repeat_previous.RepeatPrevious",
    "autoencode": "autoencode.Autoencode",
    "count-recall": "count_recall.CountRecall",
    "higher-lower": "higher_lower.HigherLower",
    "concentration": "concentration.Concentration",
    "battleship": "battleship.Battleship",
    "mine-sweeper": "minesweeper.MineSweeper",
    "multiarmed-bandit": "multiarmed_bandit.MultiarmedBandit",
}
CONTROL = {
    ("popgym-cart-pole", "positions"): "position_only_cartpole.PositionOnlyCartPole",
    ("popgym-cart-pole", "velocities"): "velocity_only_cartpole.VelocityOnlyCartPole",
    ("popgym-cart-pole", "noisy"): "noisy_position_only_cartpole.NoisyPositionOnlyCartPole",
    ("popgym-pendulum", "positions"): "position_only_pendulum.PositionOnlyPendulum",
    ("popgym-pendulum", "noisy"): "noisy_position_only_pendulum.NoisyPositionOnlyPendulum",
}


def make(path, level):
    module, name = path.split(".")
    return getattr(importlib.import_module(f"popgym.envs.{module}"), name + level.capitalize())()


def act_in(space):
    if isinstance(space, gym.spaces.Discrete):
        return lambda actions: actions.among(int(space.n))
    if isinstance(space, gym.spaces.MultiDiscrete):
        return lambda actions: np.array([actions.among(int(n)) for n in space.nvec])
    return lambda actions: np.array([5 * actions.real() - 2.5], dtype=np.float32)


def values(space):
    """How many values each part of a discrete observation has; None where it is real."""
    if isinstance(space, gym.spaces.Discrete):
        return [int(space.n)]
    if isinstance(space, gym.spaces.MultiDiscrete):
        return [int(n) for n in space.nvec]
    return [n for part in space for n in values(part)] if isinstance(space, gym.spaces.Tuple) else None


def golden(id, options, path, level, seed, episodes):
    env = make(path, level)
    seeds = iter([seed])
    flat = lambda observation: np.ravel(observation).tolist()
    nvec = values(env.observation_space)

    def step(action):
        observation, reward, terminated, truncated, _ = env.step(action)
        return flat(observation), reward, terminated, truncated

    reset = lambda: flat(env.reset(seed=next(seeds, None))[0])
    case = record(id, {"difficulty": level, **options}, seed, episodes, reset, step, act_in(env.action_space),
                  "<f4" if nvec is None else "u1")
    return case if nvec is None else {**case, "nvec": nvec}


PLAN = [("easy", 3, 4), ("easy", 1234, 4), ("medium", 5, 2), ("hard", 7, 2)]
VERSIONS = {name: version(name) for name in ["popgym", "gymnasium"]}

if __name__ == "__main__":
    discrete = [golden(id, {}, path, *plan) for id, path in DISCRETE.items() for plan in PLAN]
    write("popgym", "make_popgym.py", VERSIONS, discrete)
    control = [golden(id, {"mode": mode}, path, level, seed, 1 if "pendulum" in id else 4)
               for (id, mode), path in CONTROL.items() for level, seed, _ in PLAN
               if "cart" in id or seed != 1234]
    write("popgym-control", "make_popgym.py", VERSIONS, control)
