"""Golden episodes of bsuite's environments: 2 seeds x 4 episodes each -> bsuite.json.

    python3 -m venv venv && venv/bin/pip install numpy dm_env bsuite --no-deps
    venv/bin/python envs/test/golden/make_bsuite.py

The environment modules are loaded alone: the package itself pulls in pandas, plotnine and more.
"""
import importlib
import sys
import types
from importlib.metadata import distribution

from recording import record, write

root = distribution("bsuite").locate_file("bsuite")
for name in ["bsuite", "bsuite.environments", "bsuite.experiments"]:
    package = types.ModuleType(name)
    package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
    sys.modules[name] = package
sys.modules["bsuite.environments"].base = importlib.import_module("bsuite.environments.base")


def load(module, name):
    return getattr(importlib.import_module(f"bsuite.environments.{module}"), name)


MemoryChain = load("memory_chain", "MemoryChain")
UmbrellaChain = load("umbrella_chain", "UmbrellaChain")
DiscountingChain = load("discounting_chain", "DiscountingChain")
Catch = load("catch", "Catch")

CASES = [
    ("memory-chain", {"length": 1}, lambda seed: MemoryChain(1, 1, seed)),
    ("memory-chain", {"length": 7}, lambda seed: MemoryChain(7, 1, seed)),
    ("memory-chain", {"length": 2, "bits": 5}, lambda seed: MemoryChain(2, 5, seed)),
    ("umbrella-chain", {"length": 1, "distractors": 0}, lambda seed: UmbrellaChain(1, 0, seed)),
    ("umbrella-chain", {"length": 13}, lambda seed: UmbrellaChain(13, 20, seed)),
    ("discounting-chain", {"mappingSeed": 0}, lambda seed: DiscountingChain(0)),
    ("discounting-chain", {"mappingSeed": 17}, lambda seed: DiscountingChain(17)),
    ("catch", {}, lambda seed: Catch(seed=seed)),
    ("catch", {"rows": 4, "columns": 8}, lambda seed: Catch(4, 8, seed)),
]


def golden(id, options, make, seed):
    env = make(seed)

    def step(action):
        moment = env.step(action)
        return moment.observation.ravel(), moment.reward, moment.last(), False

    n = env.action_spec().num_values
    reset = lambda: env.reset().observation.ravel()
    return record(id, options, seed, 4, reset, step, lambda actions: actions.among(n), "<f4")


cases = [golden(id, options, make, seed) for id, options, make in CASES for seed in (3, 1234)]
write("bsuite", "make_bsuite.py", {"bsuite": distribution("bsuite").version}, cases)
