"""Golden values around Gymnasium's toy text tasks: random lakes, and infos.

    python3 -m venv venv && venv/bin/pip install gymnasium==1.4.0 && venv/bin/python make_toy_text_extras.py > toy-text-extras.json

`masks` has the action mask of every state of the taxi as a number, action 0 the lowest bit. `infos` has per setting the
seed, the actions, and the infos of reset(seed) and of each step; an episode that ends is followed by reset().
"""
import json
import platform
import gymnasium as gym
import numpy as np
from gymnasium.envs.toy_text.frozen_lake import generate_random_map

MAPS = [(8, 0.8, 0), (8, 0.8, 1), (4, 0.8, 12345), (4, 0.5, 7), (6, 0.45, 3), (2, 0.1, 5), (5, 1.0, 2), (5, 3.0, 2), (13, 0.7, 99)]
RAIN = {'is_rainy': True, 'rainy_probability': 0.6, 'fickle_passenger': True}
SETTINGS = [  # Gymnasium's id and options, our id and options
    ('Taxi-v4', {}, 'taxi', {}),
    ('Taxi-v4', RAIN, 'taxi', {'rainy': True, 'rainyProbability': 0.6, 'fickle': True}),
    ('FrozenLake-v1', {'success_rate': 0.7}, 'frozen-lake', {'successRate': 0.7}),
    ('FrozenLake-v1', {'desc': generate_random_map(6, 0.6, 4)}, 'frozen-lake', {'map': {'size': 6, 'p': 0.6, 'seed': 4}}),
    ('CliffWalkingSlippery-v1', {}, 'cliff-walking', {'slippery': True}),
]


def plain(info):
    return {key: value.tolist() if isinstance(value, np.ndarray) else float(value) for key, value in info.items()}


def lived(theirs, kwargs, ours, options, seed=11, steps=60):
    env = gym.make(theirs, max_episode_steps=-1, disable_env_checker=True, **kwargs)
    rng = np.random.default_rng(seed)
    infos, actions = [env.reset(seed=seed)[1]], []
    for _ in range(steps):
        mask = infos[-1].get('action_mask')
        actions.append(int(rng.choice(env.action_space.n, p=None if mask is None else mask / mask.sum())))
        _, _, terminated, _, info = env.step(actions[-1])
        infos.append(info)
        if terminated:
            infos.append(env.reset()[1])
    return dict(id=ours, options=options, seed=seed, actions=actions, infos=[plain(info) for info in infos])


taxi = gym.make('Taxi-v4').unwrapped
print(json.dumps(dict(
    made_by='make_toy_text_extras.py',
    versions=dict(python=platform.python_version(), gymnasium=gym.__version__, numpy=np.__version__),
    maps=[dict(size=size, p=p, seed=seed, rows=[str(row) for row in generate_random_map(size, p, seed)]) for size, p, seed in MAPS],
    masks=[int(sum(int(bit) << a for a, bit in enumerate(taxi.action_mask(s)))) for s in range(500)],
    infos=[lived(*setting) for setting in SETTINGS],
), separators=(',', ':')))
