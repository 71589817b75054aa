"""Golden facts about Gymnasium's spaces, spaces.json: what they contain, their flat forms, batches, JSON, equality.

    python3 -m venv venv && venv/bin/pip install gymnasium==1.4.0 && venv/bin/python -B envs/test/golden/make_spaces.py

spaces_json.py says how spaces and values are written.
"""
from gymnasium import spaces
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array, iterate
from spaces_json import (
    INF, attempt, binary, box, build, d, dic, discrete, f, graph, i8, i32, multi, one_of, plain, seq, t, text, tup, value, write,
)


def whole(x):
    """JSON with booleans as 0 and 1."""
    if isinstance(x, dict):
        return {k: whole(v) for k, v in x.items()}
    return [whole(v) for v in x] if isinstance(x, (list, tuple)) else plain(x)


def lossless(space, values):
    """The JSON, where all comes back from it: of a Graph whose nodes are texts, only the first node does."""
    made = space.to_jsonable(values)
    return whole(made) if plain(space.from_jsonable(made)) == plain(values) else 'lossy'


def describe(space):
    """Kind, bounds and shape. MultiDiscrete and MultiBinary are what they contain: integers between two arrays.

    Keys are sorted: where a Dict kept the order of pairs, batch_space and flatten_space lose it.
    """
    if isinstance(space, spaces.Box):
        return ['box', str(space.dtype), list(space.shape), plain(space.low), plain(space.high)]
    if isinstance(space, spaces.MultiDiscrete):
        return ['box', str(space.dtype), list(space.shape), plain(space.start), plain(space.start + space.nvec - 1)]
    if isinstance(space, spaces.Dict):
        return ['dict', [[k, describe(s)] for k, s in sorted(space.spaces.items())]]
    if isinstance(space, spaces.Tuple):
        return ['tuple', [describe(s) for s in space.spaces]]
    if isinstance(space, spaces.Sequence):
        return ['sequence', describe(space.feature_space)]
    if isinstance(space, spaces.Graph):
        return ['graph', describe(space.node_space), None if space.edge_space is None else describe(space.edge_space)]
    return [type(space).__name__.lower()]


def facts(j, elements, others):
    space = build(j)
    values = [value(e, space) for e in elements]
    assert all(space.contains(v) for v in values), j
    batch = concatenate(space, values, create_empty_array(space, len(values)))
    return {
        'space': j,
        'elements': elements,
        'others': others,
        'contains': [attempt(lambda: bool(space.contains(value(o, space)))) for o in others],
        'isFlattenable': space.is_np_flattenable,
        'flatdim': attempt(lambda: spaces.flatdim(space)),
        'flat': [plain(spaces.flatten(space, v)) for v in values],
        'unflat': [plain(spaces.unflatten(space, spaces.flatten(space, v))) for v in values],
        'flatSpace': describe(spaces.flatten_space(space)),
        'jsonable': lossless(space, values),
        'batchSpace': describe(batch_space(space, 3)),
        'batch': plain(batch),
        'rows': attempt(lambda: [plain(row) for row in iterate(batch_space(space, len(values)), batch)]),
        'empty': plain(create_empty_array(space, 2)),
    }


PAIR = dic(b=discrete(2), a=box(0, 1, [2], 'float32'))
SPACES = [  # space, elements, other values
    (box(-1, 1, [2]), [f(0, 0.5), f(-1, 1)], [f(0, 1.0000001), f(0, 'nan'), f(0), f(0, 0, 0), f(INF, 0), None, 'x']),
    (box(0, 1, [2], 'float32'), [f(0, 0.5), f(1, 1)], [f(0, 0.1), f(0, 2)]),
    (box([0, '-Infinity'], [INF, 3.5], [2]), [f(7, -7)], [f(INF, '-Infinity'), f(-0.1, 0), f(0, 3.6), f(0, INF)]),
    (box(-3, 3, [2, 2], 'int8'), [f(-3, 0, 1, 3, shape=[2, 2])],
     [f(0, 0, 0, 4, shape=[2, 2]), f(0, 0, 0, 0.5, shape=[2, 2]), f(0, 0, 200, 0, shape=[2, 2])]),
    (box('-Infinity', INF, [1], 'int16'), [f(-32768), f(32767)], [f(32768), f(0.5), f(INF)]),
    (box(0, 255, [2, 1, 2], 'uint8'), [f(0, 255, 7, 8, shape=[2, 1, 2])], [f(0, 256, 7, 8, shape=[2, 1, 2])]),
    (box(0, 1, [2], 'bool'), [f(0, 1)], [f(0, 2), f(0, 0.5)]),
    (box(0, 9, [], 'int32'), [f(4, shape=[])], [f(10, shape=[])]),
    (discrete(4), [0, 3], [-1, 4, 1.5, '1', None, t(1)]),
    (discrete(3, -2), [-2, 0], [-3, 1]),
    (discrete(5, 200, 'uint8'), [200, 204], [199, 205, 300]),
    (multi([3, 2, 4]), [i32(2, 1, 3), i32(0, 0, 0)], [i32(3, 0, 0), i32(0, -1, 0), i32(0, 0), f(0.5, 0, 0), None, 1]),
    (multi([2, 3], [5, -1]), [i32(5, 1)], [i32(4, 0), i32(7, 0), i32(6, 2)]),
    (multi([[1, 2], [3, 4]]), [i32(0, 1, 2, 3, shape=[2, 2])], [i32(1, 1, 2, 3, shape=[2, 2])]),
    (binary(3), [i8(0, 1, 1)], [i8(0, 1, 2), i8(0, -1, 0), i8(0, 1), None]),
    (binary(2, 2), [i8(0, 1, 1, 0, shape=[2, 2])], [i8(0, 1, 1, 3, shape=[2, 2])]),
    (tup(discrete(2, 1), box(0, 1, [2], 'float32'), binary(2)), [t(2, f(0, 0.25), i8(1, 0)), t(1, f(1, 1), i8(0, 0))],
     [t(0, f(0, 0), i8(1, 0)), t(1, f(0, 0)), t(1, f(0, 0), i8(1, 0), 1), t(), None, d(a=1)]),
    (PAIR, [d(a=f(0, 1), b=1), d(b=0, a=f(0.5, 0.5))], [d(a=f(0, 1)), d(a=f(0, 1), b=1, c=1), d(a=f(0, 1), b=2), t(), None]),
    (dic(x=PAIR, w=tup(discrete(2), multi([2, 2]))), [d(w=t(1, i32(0, 1)), x=d(a=f(0, 1), b=1))], [d(w=t(1), x=d(b=1))]),
    (text(1, 4, 'ab c'), ['a', 'c b', 'abca'], ['', 'abcab', 'd', 'A', 3, None, t('a')]),
    (text(0, 3, 'zyx'), ['', 'xyz'], ['xx xx', 'xxxx']),
    (seq(discrete(3)), [t(), t(2), t(0, 1, 2, 0)], [t(3), t(0, -1), t('a'), None, 1, d(a=1)]),
    (seq(box(0, 1, [2], 'float32')), [t(f(0, 1)), t(f(0, 1), f(0.5, 0.5))], [t(f(0, 2)), t(f(0))]),
    (seq(box(0, 1, [2], 'float32'), True), [f(0, 1, shape=[1, 2]), f(0, 1, 0.5, 0.5, shape=[2, 2])], [f(0, 2, shape=[1, 2])]),
    (seq(text(1, 2, 'ab')), [t('a', 'bb')], [t('a', '')]),
    (graph(box(-1, 1, [2]), discrete(3)),
     [{'graph': [f(0, 1, 0.5, -1, shape=[2, 2]), i32(2, 0, 1), i32(0, 1, 1, 1, 1, 0, shape=[3, 2])]},
      {'graph': [f(0, 1, shape=[1, 2]), None, None]}],
     [{'graph': [f(0, 2, shape=[1, 2]), None, None]},
      {'graph': [f(0, 1, shape=[1, 2]), i32(3), i32(0, 0, shape=[1, 2])]},
      {'graph': [f(0, 1, shape=[1, 2]), i32(1), i32(0, 1, shape=[1, 2])]},
      {'graph': [f(0, 1, shape=[1, 2]), i32(1), i32(0, -1, shape=[1, 2])]},
      {'graph': [f(0, 1, shape=[1, 2]), i32(1, 1), i32(0, 0, shape=[1, 2])]},
      {'graph': [f(0, 1, shape=[1, 2]), i32(1), None]},
      {'graph': [f(0, 1, shape=[1, 2]), None, i32(0, 0, shape=[1, 2])]}, None, 1]),
    (graph(discrete(2)), [{'graph': [i32(0, 1, 1), None, None]}],
     [{'graph': [i32(0, 2), None, None]}, {'graph': [i32(0), i32(0), i32(0, 0, shape=[1, 2])]}]),
    (graph(text(1, 2, 'ab'), tup(discrete(2), box(0, 1, [1]))),
     [{'graph': [t('a', 'bb'), t(i32(1), f(0.5, shape=[1, 1])), i32(0, 1, shape=[1, 2])]}], [{'graph': [t('c'), None, None]}]),
    (one_of(discrete(3), box(-1, 2, [2], 'float32'), text(1, 3, 'ab')), [t(0, 2), t(1, f(0.5, -1)), t(2, 'ba')],
     [t(1, 2), t(3, 0), t(-1, 0), t(0), t(0, 1, 2), None, 0, t('0', 1), t(0.5, 1)]),
    (one_of(binary(2), multi([2, 3], [1, 1])), [t(0, i8(0, 1)), t(1, i32(2, 3))], [t(1, i8(0, 1))]),
    (one_of(box(0, 1, [2], 'bool'), box(0, 1, [1], 'bool'), box(0, 1, [1], 'bool')), [t(2, f(1)), t(0, f(0, 1))], [t(2, f(2))]),
    (tup(box(0, 1, [1], 'int8'), box(0, 1, [1], 'uint8')), [t(f(1), f(0))], []),
    (tup(box(0, 1, [1], 'float32'), box(0, 1, [1], 'uint16'), box(0, 1, [1], 'bool')), [t(f(0.5), f(1), f(1))], []),
    (tup(box(0, 1, [1], 'int32'), box(0, 1, [1], 'uint32')), [t(f(1), f(0))], []),
    (tup(box(0, 1, [1], 'int32'), box(0, 1, [1], 'float32')), [t(f(1), f(0))], []),
    (tup(seq(discrete(2)), box(0, 1, [1])), [t(t(1, 0), f(0.5))], [t(t(2), f(0.5))]),
    (dic(g=seq(discrete(2)), b=discrete(3)), [d(g=t(1), b=2)], [d(g=t(2), b=2)]),
]

MADE = [  # descriptions that make a space, or not
    box(1, 0, [1]), box(1, 1, [1]), box('nan', 0, [1]), box([0, 0], [1, 1], [3]), box(-1, 1, [1], 'uint8'),
    box(0, INF, [1], 'uint8'), box('-Infinity', 1, [1], 'bool'), box(0, 200, [1], 'int8'), box(0, 2, [1], 'bool'),
    box(0, 1e300, [1], 'float32'), box(0, INF, [1], 'float32'), box('-Infinity', INF, [1], 'int8'),
    discrete(0), discrete(-1), discrete(1), discrete(3, -5), discrete(300, 0, 'uint8'), discrete(2, 0, 'float32'),
    multi([2, 0]), multi([2, -1]), multi([1]), multi([2, 2], [0]), multi([2], [0], 'float64'), binary(0), binary(2, 0), binary(1),
    tup(), tup(discrete(1)), dic(), one_of(), one_of(discrete(1)), text(2, 1, 'a'), text(-1, 1, 'a'), text(0, 0, 'a'),
]

ALIKE = [j for j, _, _ in SPACES] + [
    box(-1 - 1e-9, 1, [2]), box(-1.001, 1, [2]), box(-1, 1, [2], 'float32'), box(-1, 1, [1, 2]), discrete(4, 0, 'int32'),
    discrete(4, 1), multi([3, 2, 4], None, 'int16'), binary(4), dic(a=box(0, 1, [2], 'float32'), b=discrete(2)),
    dic(a=box(0, 1, [2], 'float32'), c=discrete(2)), text(1, 4, 'c ba'), text(1, 4, 'abc'), text(0, 4, 'ab c'),
    seq(discrete(3), True), graph(box(-1, 1, [2])), one_of(discrete(3)), tup(discrete(3)), tup(),
]


if __name__ == '__main__':
    built = [build(j) for j in ALIKE]
    write('make_spaces.py', 'spaces', {
        'facts': [facts(*case) for case in SPACES],
        'made': [[j, attempt(lambda: build(j) is not None)] for j in MADE],
        'alike': {'others': ALIKE[len(SPACES):], 'rows': [''.join('01'[bool(a == b)] for b in built) for a in built]},
    })
