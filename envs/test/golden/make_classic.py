"""Golden steps of Gymnasium's classic control tasks, one file classic-<id>.json each.

    python3 -m venv venv && venv/bin/pip install gymnasium==1.3.0 && venv/bin/python envs/test/golden/make_classic.py

Arrays are base64 of little-endian numbers, so that they are exact and small.
run: moments 0, 1, ... of episodes one after the other, from reset(seed) on; the action of moment t leads to
     moment t + 1, unless t + 1 is in `resets`. `states` are doubles, `observations` single precision.
jumps: states anywhere in (and at the edges of) the space, one step from each, the action out of bounds too.
"""
import base64
import json
import platform
from pathlib import Path
import gymnasium as gym
import numpy as np

STEPS, JUMPS, SEED = 300, 60, 7


def pack(rows, dtype):
    return base64.b64encode(np.asarray(rows, dtype=dtype).tobytes()).decode()


def pump(sign):
    """Push along a velocity, or at random: reaches the goals within the time limits."""
    def act(env, rng):
        return 1 + int(np.sign(sign(env.unwrapped.state))) if rng.random() < 0.85 else int(rng.integers(3))
    return act


def force(scale):
    def act(env, rng):
        along = np.sign(env.unwrapped.state[1]) * rng.random()
        return np.array([scale * (along if rng.random() < 0.8 else rng.uniform(-1, 1))], dtype=np.float32)
    return act


P = np.pi
TASKS = {  # id: (Gymnasium's id, actions of the run, ranges of the jumps' state, type of a stored state)
    'cart-pole': ('CartPole-v1', lambda env, rng: int(rng.integers(2)), [2.4, 3, 0.21, 3], np.float64),
    'mountain-car': ('MountainCar-v0', pump(lambda s: s[1]), [(-1.2, 0.6), 0.07], np.float64),
    'mountain-car-continuous': ('MountainCarContinuous-v0', force(1), [(-1.2, 0.6), 0.07], np.float32),
    'acrobot': ('Acrobot-v1', pump(lambda s: s[3]), [P, P, 4 * P, 9 * P], np.float64),
    'pendulum': ('Pendulum-v1', force(2), [10, 8], np.float64),
}


def run(env, act):
    rng = np.random.default_rng(SEED)
    moments, actions, resets = [], [], []
    for t in range(STEPS + 1):
        if t == 0 or terminated or truncated:
            resets.append(len(moments))
            if t > 0:
                actions.append(0)
            observation, _ = env.reset(seed=SEED if t == 0 else None)
            moments.append((np.array(env.unwrapped.state, np.float64), observation, 0.0, False, False))
        if t == STEPS:
            break
        action = act(env, rng)
        observation, reward, terminated, truncated, _ = env.step(action)
        actions.append(np.ravel(action)[0])
        moments.append((np.array(env.unwrapped.state, np.float64), observation, reward, terminated, truncated))
    return dict(seed=SEED, resets=resets, actions=pack(actions, '<f4'), **columns(moments))


def jumps(env, ranges, dtype):
    rng = np.random.default_rng(SEED + 1)
    pairs = [r if isinstance(r, tuple) else (-r, r) for r in ranges]
    before, actions, moments = [], [], []
    for i in range(JUMPS):
        state = np.array([rng.uniform(*pair) for pair in pairs])
        if i % 4 == 0:  # at an edge
            state[0] = pairs[0][i // 4 % 2]
        env.reset()
        env.unwrapped.state = state.astype(dtype)
        discrete = isinstance(env.action_space, gym.spaces.Discrete)
        # NumPy's own scalars outside the box, as single precision, are what a caller would pass.
        action = int(rng.integers(env.action_space.n)) if discrete else np.float32([rng.uniform(-3, 3)])
        observation, reward, terminated, truncated, _ = env.unwrapped.step(action)
        before.append(state.astype(dtype).astype(np.float64))
        actions.append(np.ravel(action)[0])
        moments.append((np.array(env.unwrapped.state, np.float64), observation, reward, terminated, truncated))
    return dict(before=pack(before, '<f8'), actions=pack(actions, '<f4'), **columns(moments))


def columns(moments):
    states, observations, rewards, terminated, truncated = zip(*moments)
    return dict(
        states=pack(states, '<f8'), observations=pack(observations, '<f4'), rewards=pack(rewards, '<f8'),
        terminated=''.join('01'[bool(x)] for x in terminated), truncated=''.join('01'[bool(x)] for x in truncated))


versions = dict(python=platform.python_version(), gymnasium=gym.__version__, numpy=np.__version__)
for name, (gym_id, act, ranges, dtype) in TASKS.items():
    env = gym.make(gym_id, disable_env_checker=True)
    golden = dict(made_by='make_classic.py', versions=versions, id=gym_id, limit=env.spec.max_episode_steps,
                  run=run(env, act), jumps=jumps(env, ranges, dtype))
    text = json.dumps(golden, indent=1) + '\n'
    Path(__file__).with_name(f'classic-{name}.json').write_text(text)
