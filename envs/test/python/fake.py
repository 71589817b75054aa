"""Environments that need no package: what can go wrong in a bridge process, on demand. See bridge.py, "fake".

The observation is three float64: 0 at first, then the count of steps, the action, the seed. The id says what happens at
the action named there.
"""

import ctypes
import os
import signal
import struct
import sys
import time

from bridge_spaces import Codec

NUMBERS = struct.Struct("<3d")
ACTION = struct.Struct("<d")


class Fake:
    def __init__(self, id, kwargs):
        self.id, self.kwargs = id, kwargs
        self.seed = self.steps = 0
        self.unwrapped = self
        if id == "print":
            print("made")
        if id == "broken":
            raise ValueError("no such thing\nas this")
        if id.startswith("slow-make"):
            if "pid" in kwargs:
                with open(kwargs["pid"], "w") as file:
                    file.write(f"{os.getpid()}\n")
            hold() if id == "slow-make-c" else time.sleep(1000)

    def reset(self, seed=None, options=None):
        self.steps = 0
        self.seed = self.seed if seed is None else seed
        if self.id == "bad-reset":
            raise RuntimeError("cannot begin")
        if self.id == "hang-reset":
            time.sleep(1000)
        return (0.0, 0.0, float(self.seed)), {"options": options, "seed": seed}

    def step(self, action):
        self.steps += 1
        if action == 1:
            self.act()
        return (float(self.steps), float(action), float(self.seed)), action / 2, self.steps == 5, False, {"big": "x" * 99}

    def act(self):
        if self.id == "throw":
            raise ValueError("the door\nis locked")
        if self.id == "print":
            print("hello from step", flush=True)
            os.write(1, b"hello from C\n")
            sys.stderr.write("hello on stderr\n")
        if self.id == "flood":
            for _ in range(40):
                print("x" * 50_000)
        if self.id == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.id == "exit":
            sys.stderr.write("leaving now\n")
            os._exit(3)
        if self.id == "hang":
            time.sleep(1000)
        if self.id == "hang-busy":
            while True:
                pass
        if self.id == "hang-c":
            hold()
        if self.id in ("child", "parent"):
            if os.fork() == 0:
                time.sleep(1000)
            if self.id == "child":
                os.kill(os.getpid(), signal.SIGKILL)

    def close(self):
        if self.id == "slow-close":
            time.sleep(1000)
        if "closed" in self.kwargs:
            open(self.kwargs["closed"], "w").close()


def hold():
    """In C, with Python's lock held: no thread of this process runs."""
    ctypes.PyDLL(None).sleep(1000)


def make(config):
    """As bridge.make."""
    import __main__

    env = Fake(config["id"], config["kwargs"])
    if env.id == "skew":  # a bridge that loses count
        pack = __main__.REPLY.pack
        __main__.REPLY = type("Skewed", (), {"pack": staticmethod(lambda ok, seq, *rest: pack(ok, seq + 1, *rest))})
    if env.id == "old":  # a bridge of another version
        __main__.PROTOCOL = 0
    action = {"kind": "discrete", "n": 3, "start": 0, "dtype": "int64"}
    observation = {"kind": "box", "low": "-Infinity", "high": "Infinity", "shape": [3], "dtype": "float64"}
    said = {"versions": {}, "maxEpisodeSteps": None, "saves": False}
    return (
        env,
        said,
        Codec(numbers(action), ACTION.size, None, lambda data: int(ACTION.unpack(data)[0])),
        Codec(numbers(observation), NUMBERS.size, lambda x: NUMBERS.pack(*x), None),
    )


def numbers(space):
    return {"space": space, "wires": ["float64"], "text": space["kind"]}
