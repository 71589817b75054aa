"""Mean returns of random actions in POPGym's environments, with their standard errors -> popgym-random.json.

    venv/bin/python envs/test/golden/make_popgym_random.py      (the virtual environment of make_popgym.py)

2000 episodes of each environment and difficulty, seeds 0, 1, ..; actions from its action space, seeded with 0.
`registered` is the id that POPGym gives it in Gymnasium's registry.
"""
import json
from pathlib import Path

import gymnasium as gym
import numpy as np
import popgym  # registers its ids
from make_popgym import CONTROL, DISCRETE, VERSIONS, make

EPISODES = 2000


def returns(env):
    env.action_space.seed(0)
    for seed in range(EPISODES):
        env.reset(seed=seed)
        total, over = 0.0, False
        while not over:
            _, reward, terminated, truncated, _ = env.step(env.action_space.sample())
            total += reward
            over = terminated or truncated
        yield total


def measure(id, options, path, level):
    env = make(path, level)
    entry = f"{type(env).__module__}:{type(env).__name__}"
    (registered,) = [spec.id for spec in gym.registry.values() if spec.entry_point == entry]
    all = np.array(list(returns(env)))
    error = all.std(ddof=1) / EPISODES**0.5
    case = {"id": id, "options": {"difficulty": level, **options}, "registered": registered}
    return {**case, "mean": round(all.mean(), 6), "error": round(error, 6)}


KINDS = [(id, {}, path) for id, path in DISCRETE.items()]
KINDS += [(id, {"mode": mode}, path) for (id, mode), path in CONTROL.items()]
cases = [measure(*kind, level) for kind in KINDS for level in ["easy", "medium", "hard"]]
head = {"made_by": "make_popgym_random.py", "versions": {"numpy": np.__version__, **VERSIONS}, "episodes": EPISODES}
path = Path(__file__).parent / "popgym-random.json"
path.write_text(json.dumps({**head, "cases": cases}, indent=1) + "\n")
