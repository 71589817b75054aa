"""What make_bsuite.py and make_popgym.py share: episodes of an environment under actions that a formula gives.

Actions: x <- (75 x + 74) mod 65537, from x = seed + 1 on and across episodes; an action among n is floor(x n / 65537).
Arrays are base64 of zlib of little-endian numbers, one row per moment: the reset and every step of all episodes.
`ends`: 1 terminated, 2 truncated, 3 both, 4 the moment is a reset.
"""
import base64
import json
import platform
import zlib
from pathlib import Path

import numpy as np


class Actions:
    def __init__(self, seed):
        self.x = seed + 1

    def real(self):
        self.x = (75 * self.x + 74) % 65537
        return self.x / 65537

    def among(self, n):
        self.real()
        return self.x * n // 65537


def pack(rows, dtype):
    return base64.b64encode(zlib.compress(np.asarray(rows, dtype=dtype).tobytes(), 9)).decode()


def record(id, options, seed, episodes, reset, step, act, dtype):
    """reset() -> observation as a flat list; step(action) -> observation, reward, terminated, truncated."""
    actions = Actions(seed)
    observations, rewards, ends = [], [], []
    for _ in range(episodes):
        observations.append(reset())
        rewards.append(0.0)
        ends.append(4)
        while not ends[-1] & 3:
            observation, reward, terminated, truncated = step(act(actions))
            observations.append(observation)
            rewards.append(reward)
            ends.append(int(terminated) + 2 * int(truncated))
    return {
        "id": id,
        "options": options,
        "seed": seed,
        "dtype": dtype,
        "moments": len(ends),
        "observations": pack(observations, dtype),
        "rewards": pack(rewards, "<f8"),
        "ends": pack(ends, "u1"),
    }


def write(name, script, versions, cases):
    head = {"made_by": script, "versions": {"python": platform.python_version(), "numpy": np.__version__, **versions}}
    path = Path(__file__).parent / f"{name}.json"
    path.write_text(json.dumps({**head, "cases": cases}, indent=1) + "\n")
    print(path.name, path.stat().st_size, "bytes,", len(cases), "cases")
