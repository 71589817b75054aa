"""Golden facts about samples of Gymnasium's spaces, spaces-samples.json.

    python3 -m venv venv && venv/bin/pip install gymnasium==1.4.0 && venv/bin/python -B envs/test/golden/make_space_samples.py

spaces_json.py says how spaces and values are written. `steered`: the one value that a mask or probability leaves, null
where there are several, "error" where it is refused. `laws`: how often each value came in 20 000 samples. `seeded`: the
first 12 samples from a seed.
"""
import json
from collections import Counter
from spaces_json import (
    INF, attempt, binary, box, build, d, dic, discrete, f, graph, i8, multi, one_of, plain, seq, t, text, tup, value, write,
)

N = 20_000

HOW = [  # steered samples: space, how, the one value that can come (or null)
    (discrete(3, 5), {'mask': i8(0, 0, 1)}), (discrete(3, 5), {'mask': i8(0, 0, 0)}), (discrete(3, 5), {'mask': i8(0, 1)}),
    (discrete(3, 5), {'mask': i8(0, 2, 0)}), (discrete(3, 5), {'probability': f(0, 1, 0)}),
    (discrete(3, 5), {'probability': f(0.5, 0.4, 0)}), (discrete(3, 5), {'probability': f(1.5, -0.5, 0)}),
    (discrete(3, 5), {'probability': f(1, 0)}), (discrete(3, 5), {'mask': i8(1, 0, 0), 'probability': f(1, 0, 0)}),
    (box(0, 1, [1]), {'mask': i8(1)}), (box(0, 1, [1]), {'probability': f(1)}), (box(2, 2, [1]), {'mask': None}),
    (multi([2, 3], [4, 0]), {'mask': t(i8(0, 1), i8(0, 0, 0))}), (multi([2, 3]), {'mask': t(i8(0, 1))}),
    (multi([2, 3]), {'mask': i8(0, 1, 1, 0, 0)}), (multi([2, 3]), {'probability': t(f(0, 1), f(0, 0, 1))}),
    (multi([2, 3]), {'probability': t(f(0, 1), f(0.5, 0, 0.4))}), (multi([2, 3]), {'mask': t(i8(0, 1), i8(0, 0, 2))}),
    (multi([[2], [3]]), {'mask': t(t(i8(0, 1)), t(i8(0, 1, 0)))}), (multi([[2], [3]]), {'mask': t(i8(0, 1), i8(0, 1, 0))}),
    (binary(3), {'mask': i8(0, 1, 0)}), (binary(3), {'mask': i8(0, 1, 3)}), (binary(3), {'mask': i8(0, 1)}),
    (binary(3), {'probability': f(0, 1, 1)}), (binary(3), {'probability': f(0, 1, 1.5)}),
    (tup(discrete(2), discrete(1)), {'mask': t(i8(0, 1), None)}), (tup(discrete(2), discrete(1)), {'mask': t(i8(0, 1))}),
    (tup(discrete(2), box(3, 3, [1])), {'probability': t(f(0, 1), None)}), (tup(discrete(2), box(3, 3, [1])), {'mask': t(None, i8(1))}),
    (dic(a=discrete(2), b=binary(1)), {'mask': d(a=i8(0, 1), b=i8(1))}), (dic(a=discrete(2), b=binary(1)), {'mask': d(a=i8(0, 1))}),
    (dic(a=discrete(2)), {'mask': d(a=None), 'probability': d(a=None)}),
    (text(0, 4, 'abc'), {'mask': t(3, i8(0, 1, 0))}), (text(1, 4, 'abc'), {'mask': t(3, i8(0, 0, 0))}),
    (text(0, 4, 'abc'), {'mask': t(3, i8(0, 0, 0))}), (text(0, 4, 'abc'), {'mask': t(5, None)}), (text(1, 4, 'abc'), {'mask': t(0, None)}),
    (text(0, 4, 'abc'), {'probability': t(2, f(0, 0, 1))}), (text(0, 4, 'abc'), {'probability': t(2, f(0, 0, 0.5))}),
    (text(0, 4, 'abc'), {'mask': t(2, i8(0, 1))}), (text(0, 4, 'abc'), {'mask': i8(0, 1, 0)}),
    (seq(discrete(2)), {'mask': t(3, i8(0, 1))}), (seq(discrete(2)), {'mask': t(-1, i8(0, 1))}), (seq(discrete(2)), {'mask': t(0, None)}),
    (seq(discrete(2)), {'mask': t({'i64': [2, 2]}, i8(1, 0))}), (seq(discrete(2)), {'mask': t({'i64': [2, -2]}, None)}),
    (seq(discrete(2)), {'mask': t('2', None)}), (seq(discrete(2), True), {'probability': t(2, f(0, 1))}),
    (graph(discrete(2), discrete(3)), {'numNodes': 1, 'numEdges': 0, 'mask': t(t(i8(0, 1)), None)}),
    (graph(discrete(2), discrete(3)), {'numNodes': 1, 'numEdges': 2, 'mask': t(t(i8(0, 1)), t(i8(0, 0, 1), i8(1, 0, 0)))}),
    (graph(discrete(2), discrete(3)), {'numNodes': 1, 'mask': t(t(i8(0, 1)), i8(0, 0, 1))}),
    (graph(discrete(2), discrete(3)), {'numNodes': 0}), (graph(discrete(2), discrete(3)), {'numEdges': -1}),
    (graph(discrete(2), discrete(3)), {'numNodes': 2, 'mask': t(t(i8(0, 1)), None)}),
    (one_of(discrete(2), discrete(2)), {'mask': t(i8(0, 1))}), (one_of(discrete(2)), {'mask': t(i8(0, 1))}),
    (one_of(discrete(2)), {'probability': t(f(1, 0))}),
]

LAWS = [  # space, how, what is counted
    (box(-2, 3, [1], 'int8'), {}, 'value'), (box(0, 3, [1], 'uint8'), {}, 'value'), (box(0, 1, [1], 'bool'), {}, 'value'),
    (box(5, INF, [1], 'int16'), {}, 'value'), (box('-Infinity', -3, [1], 'int16'), {}, 'value'),
    (box('-Infinity', INF, [1], 'int8'), {}, 'value'), (box(126, INF, [1], 'int8'), {}, 'value'),
    (box('-Infinity', -127, [1], 'int8'), {}, 'value'), (discrete(4, 7), {}, 'value'),
    (discrete(5), {'mask': i8(1, 0, 1, 1, 0)}, 'value'), (discrete(4), {'probability': f(0.5, 0, 0.3, 0.2)}, 'value'),
    (multi([2, 3], [1, 0]), {}, 'value'), (multi([2, 3]), {'mask': t(i8(1, 1), i8(1, 0, 1))}, 'value'),
    (multi([2, 3]), {'probability': t(f(0.9, 0.1), f(0.2, 0.3, 0.5))}, 'value'), (binary(2), {}, 'value'),
    (binary(3), {'mask': i8(2, 1, 2)}, 'value'), (binary(2), {'probability': f(0.2, 0.7)}, 'value'),
    (tup(discrete(2), discrete(3)), {'mask': t(None, i8(1, 1, 0))}, 'value'), (dic(a=binary(1), b=discrete(3)), {}, 'value'),
    (text(0, 4, 'ab'), {}, 'length'), (text(1, 2, 'abc'), {}, 'value'), (text(1, 2, 'abc'), {'mask': t(2, i8(1, 1, 0))}, 'value'),
    (text(1, 2, 'abc'), {'probability': t(None, f(0.1, 0.2, 0.7))}, 'value'), (seq(discrete(2)), {}, 'length'),
    (seq(discrete(2)), {'mask': t({'i64': [1, 3, 3]}, None)}, 'length'), (graph(discrete(2), discrete(2)), {'numNodes': 3}, 'edges'),
    (graph(discrete(2), discrete(2)), {'numNodes': 1}, 'edges'), (graph(discrete(2), discrete(2)), {'numNodes': 2, 'numEdges': 1}, 'value'),
    (one_of(discrete(2), box(0, 0, [1]), discrete(1)), {}, 'value'), (one_of(discrete(3), discrete(2)), {'mask': t(i8(1, 1, 0), None)}, 'value'),
]


SEEDED = [
    (discrete(7, 1), {}), (discrete(4), {'mask': i8(1, 0, 1, 1)}), (discrete(4), {'probability': f(0.5, 0, 0.2, 0.3)}),
    (multi([3, 5, 9], [0, -2, 7]), {}), (multi([3, 2]), {'mask': t(i8(0, 1, 1), i8(1, 1))}),
    (multi([[3, 2]]), {'probability': t(t(f(0.1, 0.2, 0.7), f(0.5, 0.5)))}),
]


def sample(space, how):
    arguments = {{'numNodes': 'num_nodes', 'numEdges': 'num_edges'}.get(k, k): value(v) for k, v in how.items()}
    return space.sample(**arguments)


def counted(space, x, what):
    if what == 'length':
        return str(len(x))
    if what == 'edges':
        return str(0 if x.edges is None else len(x.edges))
    return json.dumps(plain(x), separators=(',', ':'), sort_keys=True)


def law(j, how, what):
    space = build(j)
    space.seed(3)
    counts = Counter(counted(space, sample(space, how), what) for _ in range(N))
    return {'space': j, 'how': how, 'what': what, 'counts': dict(sorted(counts.items()))}


def seeded(j, how, seed):
    space = build(j)
    space.seed(seed)
    return [plain(sample(space, how)) for _ in range(12)]


def only(j, how):
    """The value, where each of 20 samples has it; else null, or 'error'."""
    space = build(j)
    seen = attempt(lambda: {json.dumps(plain(sample(space, how))) for _ in range(20)})
    return seen if seen == 'error' else json.loads(seen.pop()) if len(seen) == 1 else None


if __name__ == '__main__':
    write('make_space_samples.py', 'spaces-samples', {
        'steered': [[j, how, only(j, how)] for j, how in HOW],
        'seeded': [[j, how, seed, seeded(j, how, seed)] for j, how in SEEDED for seed in (0, 42)],
        'laws': [law(*case) for case in LAWS],
    })
