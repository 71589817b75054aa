"""What the scripts about Gymnasium's spaces share: spaces and values from JSON, and back.

Spaces stand in the form of this package's toJSON. Values: numbers, texts, null, {"f64" | "i32" | "i8" | "i64": [...]}
(arrays; with "shape" where that is not one side), {"tuple": [...]}, {"dict": {...}}, {"graph": [nodes, edges, links]}.
An array in a Box has the Box's dtype where that holds the values, else float64: the type tells what the values could be.
Answers are plain: arrays flat, tuples as lists, booleans as 0 and 1.
"""
import json
import platform
from pathlib import Path
import gymnasium as gym
import numpy as np
from gymnasium import spaces

gym.logger.min_level = 50
INF = 'Infinity'
TYPES = {'f64': np.float64, 'i32': np.int32, 'i8': np.int8, 'i64': np.int64}


def number(x):
    return float(x) if isinstance(x, str) else x


def bound(x, shape):
    return np.array([number(v) for v in x], dtype=np.float64).reshape(shape) if isinstance(x, list) else number(x)


def build(j):
    kind = j['kind']
    if kind == 'box':
        return spaces.Box(bound(j['low'], j['shape']), bound(j['high'], j['shape']), tuple(j['shape']), np.dtype(j['dtype']))
    if kind == 'discrete':
        return spaces.Discrete(j['n'], start=j['start'], dtype=np.dtype(j['dtype']))
    if kind == 'multi-discrete':
        return spaces.MultiDiscrete(j['nvec'], start=j['start'], dtype=np.dtype(j['dtype']))
    if kind == 'multi-binary':
        return spaces.MultiBinary(j['shape'][0] if len(j['shape']) == 1 else j['shape'])
    if kind == 'tuple':
        return spaces.Tuple([build(s) for s in j['spaces']])
    if kind == 'one-of':
        return spaces.OneOf([build(s) for s in j['spaces']])
    if kind == 'dict':
        return spaces.Dict([(k, build(s)) for k, s in j['spaces']])
    if kind == 'text':
        return spaces.Text(j['maxLength'], min_length=j['minLength'], charset=j['charset'])
    if kind == 'sequence':
        return spaces.Sequence(build(j['space']), stack=j['stack'])
    return spaces.Graph(build(j['nodeSpace']), None if j['edgeSpace'] is None else build(j['edgeSpace']))


def array(spec, space):
    (key, values), = [(k, v) for k, v in spec.items() if k != 'shape']
    made = np.array([number(v) for v in values], dtype=TYPES[key])
    if key == 'f64' and isinstance(space, spaces.Box):
        with np.errstate(all='ignore'):
            cast = made.astype(space.dtype)
        made = cast if np.array_equal(cast.astype(np.float64), made) else made
    return made.reshape(spec.get('shape', [len(values)]))


def value(spec, space=None):
    if isinstance(spec, list):
        return [value(s) for s in spec]
    if not isinstance(spec, dict):
        fits = isinstance(space, spaces.Discrete) and space.contains(spec)
        return space.dtype.type(spec) if fits else spec
    if 'tuple' in spec:
        parts = getattr(space, 'spaces', [])
        if isinstance(space, spaces.OneOf):
            parts = [None, parts[spec['tuple'][0]]] if spec['tuple'][0] in (0, 1, 2) else []
        if isinstance(space, spaces.Sequence):
            parts = [space.feature_space] * len(spec['tuple'])
        parts = list(parts) if isinstance(parts, (list, tuple)) else []
        parts += [None] * len(spec['tuple'])
        return tuple(value(s, p) for s, p in zip(spec['tuple'], parts))
    if 'dict' in spec:
        parts = space.spaces if isinstance(space, spaces.Dict) else {}
        return {k: value(s, parts.get(k)) for k, s in spec['dict'].items()}
    if 'graph' in spec:
        nodes, edges, links = spec['graph']
        return spaces.GraphInstance(value(nodes, space.node_space), value(edges, space.edge_space), value(links))
    return array(spec, space.feature_space if isinstance(space, spaces.Sequence) else space)


def plain(x):
    if isinstance(x, spaces.GraphInstance):
        return [plain(x.nodes), plain(x.edges), plain(x.edge_links)]
    if isinstance(x, np.ndarray):
        return [plain(v) for v in x.flatten().tolist()]
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    x = x.item() if isinstance(x, np.generic) else x
    if isinstance(x, float) and not np.isfinite(x):
        return 'Infinity' if x > 0 else '-Infinity'
    return int(x) if isinstance(x, (bool, float)) and x == int(x) else x


def attempt(act):
    try:
        return act()
    except Exception:  # whatever Gymnasium raises: the question is whether it does
        return 'error'


def box(low, high, shape, dtype='float64'):
    return {'kind': 'box', 'low': low, 'high': high, 'shape': shape, 'dtype': dtype}


def discrete(n, start=0, dtype='int64'):
    return {'kind': 'discrete', 'n': n, 'start': start, 'dtype': dtype}


def multi(nvec, start=None, dtype='int32'):
    start = np.zeros_like(nvec).tolist() if start is None else start
    return {'kind': 'multi-discrete', 'nvec': nvec, 'start': start, 'dtype': dtype}


def binary(*shape):
    return {'kind': 'multi-binary', 'shape': list(shape)}


def tup(*parts):
    return {'kind': 'tuple', 'spaces': list(parts)}


def one_of(*parts):
    return {'kind': 'one-of', 'spaces': list(parts)}


def dic(**parts):
    return {'kind': 'dict', 'spaces': [[k, s] for k, s in parts.items()]}


def text(low, high, charset):
    return {'kind': 'text', 'minLength': low, 'maxLength': high, 'charset': charset}


def seq(space, stack=False):
    return {'kind': 'sequence', 'space': space, 'stack': stack}


def graph(nodes, edges=None):
    return {'kind': 'graph', 'nodeSpace': nodes, 'edgeSpace': edges}


def f(*values, **shape):
    return {'f64': list(values), **shape}


def i32(*values, **shape):
    return {'i32': list(values), **shape}


def i8(*values, **shape):
    return {'i8': list(values), **shape}


def t(*values):
    return {'tuple': list(values)}


def d(**values):
    return {'dict': values}


def write(script, name, golden):
    versions = {'gymnasium': gym.__version__, 'numpy': np.__version__, 'python': platform.python_version()}
    golden = {'made_by': script, 'versions': versions, **golden}
    lines = ',\n'.join(f'{json.dumps(k)}: {dump(v)}' for k, v in golden.items())
    Path(__file__).with_name(f'{name}.json').write_text('{\n' + lines + '\n}\n')


def dump(x):
    if isinstance(x, list):
        return '[\n' + ',\n'.join(json.dumps(v, separators=(',', ':')) for v in x) + '\n]'
    return json.dumps(x, separators=(',', ':'))
