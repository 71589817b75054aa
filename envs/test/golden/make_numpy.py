"""Golden draws of NumPy's Generator and RandomState: numpy-generator.json, numpy-random-state.json.

    python3 -m venv venv && venv/bin/pip install numpy gymnasium && venv/bin/python envs/test/golden/make_numpy.py

Of every case 200,000 numbers, all as little-endian float64: their SHA-256, the first 8 hex digits of the SHA-256 of each
10,000, so that a mismatch is located, and the first 20. `args` are those of the call in rng/*.ts.
Also few words of SeedSequence, states after odd numbers of 32-bit draws, and gymnasium's np_random.
"""
import hashlib
import json
import math
import platform
from pathlib import Path
import gymnasium
import numpy as np

COUNT, BLOCK = 200_000, 10_000
SEEDS = (1, 0, 2**40 + 5, 1234567890123456789012345)
LEGACY_SEEDS = (1, 0, 2**32 - 1, 20250131)
RANGES = [(0, 2), (-3, 4), (0, 1024), (0, 1000), (0, 2**31 + 11), (-5, 2**32 - 5), (7, 2**40 + 3), (0, 2**53 - 1)]
P = [0.1, 0.0, 0.25, 0.4, 0.25]


def digest(values):
    return hashlib.sha256(np.asarray(values, '<f8').tobytes()).hexdigest()


def entry(call, args, seed, draws):
    """`draws`: an array of COUNT numbers, or a function that gives some at each call."""
    parts = []
    while callable(draws) and sum(map(len, parts)) < COUNT:
        parts.append(np.asarray(draws(), float))
    values = (np.concatenate(parts) if parts else np.asarray(draws, float))[:COUNT]
    assert len(values) == COUNT
    blocks = ''.join(digest(values[i:i + BLOCK])[:8] for i in range(0, COUNT, BLOCK))
    return dict(call=call, args=args, seed=str(seed), sha256=digest(values), blocks=blocks,
                first=[int(v) if v == int(v) else float(v) for v in values[:20]])


def generator_cases():
    """The first three for all seeds, the others for two each."""
    G = np.random.default_rng
    yield 'random', [], lambda g: g.random(COUNT)
    yield 'standardNormal', [], lambda g: g.standard_normal(COUNT)
    yield 'integers', [0, 6], lambda g: g.integers(0, 6, COUNT)
    for low, high in RANGES:
        yield 'integers', [low, high], lambda g: g.integers(low, high, COUNT)
    yield 'uniform', [-3, 7.5], lambda g: g.uniform(-3, 7.5, COUNT)
    yield 'randomFloat32', [], lambda g: g.random(COUNT, dtype=np.float32)
    yield 'normal', [3, 0.5], lambda g: g.normal(3, 0.5, COUNT)
    yield 'standardExponential', [], lambda g: g.standard_exponential(COUNT)
    yield 'shuffled', [52], lambda g: lambda: shuffled(g, 52)
    yield 'permutation', [1000], lambda g: lambda: g.permutation(1000)
    yield 'choice', [20], lambda g: g.choice(20, COUNT)
    yield 'weighted', P, lambda g: g.choice(len(P), COUNT, p=P)
    for n, k in [(20, 10), (5, 5), (10_001, 300)]:
        yield 'choose', [n, k], lambda g: lambda: g.choice(n, k, replace=False)
    yield 'weightedSample', [3, *P], lambda g: lambda: g.choice(len(P), 3, replace=False, p=P)
    yield 'mixed', [], lambda g: lambda: [g.integers(0, 5), g.random(), g.standard_normal(), *g.permutation(4),
                                         g.random(dtype=np.float32), g.integers(0, 2**40), *g.choice(9, 2, replace=False)]


def legacy_cases():
    yield 'rand', [], lambda r: r.rand(COUNT)
    yield 'randn', [], lambda r: r.randn(COUNT)
    yield 'randint', [0, 6], lambda r: r.randint(0, 6, COUNT)
    for low, high in RANGES:
        yield 'randint', [low, high], lambda r: r.randint(low, high, COUNT)
    yield 'uniform', [-3, 7.5], lambda r: r.uniform(-3, 7.5, COUNT)
    yield 'normal', [3, 0.5], lambda r: r.normal(3, 0.5, COUNT)
    yield 'shuffled', [52], lambda r: lambda: shuffled(r, 52)
    yield 'permutation', [1000], lambda r: lambda: r.permutation(1000)
    yield 'choice', [20], lambda r: r.choice(20, COUNT)
    yield 'weighted', P, lambda r: r.choice(len(P), COUNT, p=P)
    yield 'choose', [20, 10], lambda r: lambda: r.choice(20, 10, replace=False)
    yield 'weightedSample', [3, *P], lambda r: lambda: r.choice(len(P), 3, replace=False, p=P)
    for n, p in [(1, 0.5), (1, 0.3), (1, 0.9), (10, 0.2), (40, 0.7)]:
        yield 'binomial', [n, p], lambda r: r.binomial(n, p, COUNT)
    yield 'mixed', [], lambda r: lambda: [r.randint(0, 5), r.rand(), r.randn(), *r.permutation(4), r.binomial(1, 0.5),
                                         r.randint(0, 2**40), *r.choice(9, 2, replace=False)]


def shuffled(g, n):
    x = np.arange(n)
    g.shuffle(x)
    return x


def entries(cases, make, seeds):
    for i, (call, args, draw) in enumerate(cases):
        for seed in seeds if i < 3 else (seeds[i % 2], seeds[2 + i % 2]):
            yield entry(call, args, seed, draw(make(seed)))


def seed_words():
    for entropy, key in [(0, ()), (2**40 + 5, ()), (SEEDS[3], ()), (2**200 + 9, ()), (3, (0,)), (2**140, (5, 2**33))]:
        words = np.random.SeedSequence(entropy, spawn_key=key).generate_state(10)
        yield dict(entropy=str(entropy), key=list(key), words=words.tolist())


def generator_states():
    """After one 32-bit draw (a half is kept), and after a second and a 64-bit one; words of 32 bits, lowest first."""
    g = np.random.default_rng(9)
    for draw in (lambda: g.integers(0, 10), lambda: (g.integers(0, 10), g.random())):
        draw()
        s = g.bit_generator.state
        words = [[x >> 32 * i & 0xffffffff for i in range(4)] for x in (s['state']['state'], s['state']['inc'])]
        yield dict(state=words[0], increment=words[1], half=s['uinteger'] if s['has_uint32'] else None)


def legacy_state():
    r = np.random.RandomState(9)
    r.rand(700), r.randn()
    _, key, used, has_gauss, gauss = r.get_state()
    return dict(key_sha256=digest(key), used=int(used), gauss=gauss if has_gauss else None)


def spawned():
    child = np.random.SeedSequence(5).spawn(2)[1].spawn(1)[0]
    return np.random.default_rng(child).random(5).tolist()


def save(name, **content):
    versions = dict(python=platform.python_version(), numpy=np.__version__, gymnasium=gymnasium.__version__,
                    libc=' '.join(platform.libc_ver()))
    text = json.dumps(dict(made_by='make_numpy.py', versions=versions, **content), indent=1)
    cases = ',\n'.join('  ' + json.dumps(case) for case in content['cases'])
    start = text.index('"cases": [') + len('"cases": [')
    Path(__file__).with_name(name + '.json').write_text(text[:start] + '\n' + cases + '\n ]\n}\n')


if __name__ == '__main__':
    save('numpy-generator', seed_words=list(seed_words()), states=list(generator_states()), spawned=spawned(),
         gymnasium=gymnasium.utils.seeding.np_random(11)[0].random(5).tolist(),
         cases=list(entries(generator_cases(), np.random.default_rng, SEEDS)))
    save('numpy-random-state', state=legacy_state(),
         cases=list(entries(legacy_cases(), np.random.RandomState, LEGACY_SEEDS)))
