"""Golden episodes of Gymnasium's toy text tasks, one file toy-text-<id>.json each.

    python3 -m venv venv && venv/bin/pip install gymnasium==1.3.0 && venv/bin/python envs/test/golden/make_toy_text.py

Per setting and seed (three of the first setting, two of others): 300 steps with given actions, from reset(seed) on;
an episode that ends is followed by reset().
Observations are Gymnasium's integers, of a tuple one after the other. `marks` has a letter per moment: r a reset,
. a step, t terminated, c truncated, b both; rewards are those of the steps.
"""
import json
import platform
from pathlib import Path
import gymnasium as gym
import numpy as np

STEPS, SEEDS = 300, (0, 1, 12345)
LAKE = ['SFFFH', 'FHFFF', 'FFFFS', 'HFFGF']
TASKS = {  # id: settings [Gymnasium's id, its options, ours, limit]
    'frozen-lake': [
        ('FrozenLake-v1', {}, {}, 100),
        ('FrozenLake-v1', {'map_name': '8x8'}, {'map': '8x8'}, 200),
        ('FrozenLake-v1', {'is_slippery': False}, {'slippery': False}, 5),
        ('FrozenLake-v1', {'desc': LAKE, 'success_rate': 0.7, 'reward_schedule': (5, -2, -0.25)},
         {'map': LAKE, 'successRate': 0.7, 'rewardSchedule': [5, -2, -0.25]}, 20),
    ],
    'cliff-walking': [
        ('CliffWalking-v1', {}, {}, 50),
        ('CliffWalkingSlippery-v1', {}, {'slippery': True}, 100),
    ],
    'taxi': [
        ('Taxi-v4', {}, {}, 200),
        ('Taxi-v4', {'is_rainy': True, 'rainy_probability': 0.6}, {'rainy': True, 'rainyProbability': 0.6}, 100),
        ('Taxi-v4', {'is_rainy': True, 'fickle_passenger': True, 'fickle_probability': 0.9},
         {'rainy': True, 'fickle': True, 'fickleProbability': 0.9}, 100),
    ],
    'blackjack': [
        ('Blackjack-v1', {}, {}, 100),
        ('Blackjack-v1', {'natural': True, 'sab': False}, {'rules': 'natural'}, 100),
        ('Blackjack-v1', {'natural': False, 'sab': False}, {'rules': 'plain'}, 3),
    ],
}


def best_actions(env):
    """The best action of every state by value iteration, so that long tasks come to their end too."""
    table = env.unwrapped.P
    value = np.zeros(len(table))
    for _ in range(60):
        worth = [[sum(p * (r + (0 if t else value[s])) for p, s, r, t in table[x][a]) for a in table[x]] for x in table]
        value = np.max(worth, axis=1)
    return np.argmax(worth, axis=1)


def record(env, seed, best):
    act = lambda seen, rng: best[seen] if best is not None and rng.random() < 0.7 else rng.integers(env.action_space.n)
    rng = np.random.default_rng(seed + 1)
    observation, _ = env.reset(seed=seed)
    seen, actions, rewards, marks = [observation], '', [], 'r'
    for _ in range(STEPS):
        action = int(act(observation, rng))
        observation, reward, terminated, truncated, _ = env.step(action)
        seen.append(observation)
        actions += str(action)
        rewards.append(float(reward))
        marks += '.tcb'[terminated + 2 * truncated]
        if terminated or truncated:
            observation, _ = env.reset()
            seen.append(observation)
            marks += 'r'
    flat = np.ravel(np.array(seen, dtype=int)).tolist()
    return dict(seed=seed, actions=actions, marks=marks, rewards=rewards, observations=flat)


versions = dict(python=platform.python_version(), gymnasium=gym.__version__, numpy=np.__version__)
for name, settings in TASKS.items():
    runs = []
    for gym_id, theirs, ours, limit in settings:
        env = gym.make(gym_id, max_episode_steps=limit, disable_env_checker=True, **theirs)
        best = best_actions(env) if name in ('cliff-walking', 'taxi') else None
        seeds = SEEDS[:2] if runs else SEEDS
        recorded = [record(env, seed, best) for seed in seeds]
        runs.append(dict(id=gym_id, options={**ours, 'maxEpisodeSteps': limit}, runs=recorded))
    text = json.dumps(dict(made_by='make_toy_text.py', versions=versions, settings=runs), separators=(',', ':'))
    text = text.replace('.0,', ',').replace('.0]', ']').replace('{"id"', '\n{"id"').replace('{"seed"', '\n{"seed"')
    Path(__file__).with_name(f'toy-text-{name}.json').write_text(text + '\n')
