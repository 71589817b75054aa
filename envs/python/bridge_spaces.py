"""Spaces in words, and their elements as bytes or as JSON.

Spaces of numbers (Box, Discrete, MultiDiscrete, MultiBinary, and Dict and Tuple of these) travel as bytes: one leaf after
the other, each from a multiple of 8 bytes on. All others travel as JSON.
"""

import json
import math
import struct
from typing import Any, Callable, NamedTuple, Optional


class Failure(Exception):
    """What the parent reports under a code of its own."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Codec(NamedTuple):
    """How the elements of a space travel."""

    said: dict  # what the parent is told
    size: Optional[int]  # bytes of an element; None: JSON
    encode: Optional[Callable[[Any], Any]]  # element -> bytes, or what json.dumps takes
    decode: Optional[Callable[[bytes], Any]]


def codec(space, batch=None):
    """The Codec of a space, or of `batch` elements side by side."""
    text = " ".join(str(space).split())
    said = {"space": describe(space), "wires": None, "text": text}
    leaves = None if said["space"] is None else leaves_of(space)
    if leaves is not None:
        return numbers_codec(space, leaves, said, () if batch is None else (batch,))
    if batch is not None:
        raise Failure("make", f"several environments at a time need spaces of numbers, not {text}")
    return Codec(said, None, lambda x: element_json(space, x), lambda data: from_json(space, json.loads(data)))


def describe(space):
    """The space as spaceFromJSON (spaces/json.ts) reads it; None where that has no such space."""
    from gymnasium import spaces

    if isinstance(space, spaces.Box):
        low, high = bounds(space)
        return {"kind": "box", "low": low, "high": high, "shape": list(space.shape), "dtype": tag(space.dtype)}
    if isinstance(space, spaces.Discrete):
        return {"kind": "discrete", "n": int(space.n), "start": int(space.start), "dtype": tag(space.dtype)}
    if isinstance(space, spaces.MultiDiscrete):
        dtype = space.dtype.name if space.dtype.name in ("int8", "int16", "uint8", "uint16") else "int32"
        return {"kind": "multi-discrete", "nvec": space.nvec.tolist(), "start": space.start.tolist(), "dtype": dtype}
    if isinstance(space, spaces.MultiBinary):
        return {"kind": "multi-binary", "shape": list(space.shape)}
    if isinstance(space, spaces.Text):
        lengths = {"minLength": space.min_length, "maxLength": space.max_length}
        return {"kind": "text", **lengths, "charset": "".join(space.character_list)}
    return composite(space, spaces)


def composite(space, spaces):
    if isinstance(space, spaces.Dict):
        parts = [[str(key), describe(part)] for key, part in space.spaces.items()]
        return None if any(part is None for _, part in parts) else {"kind": "dict", "spaces": parts}
    if isinstance(space, (spaces.Tuple, spaces.OneOf)):
        parts = [describe(part) for part in space.spaces]
        kind = "tuple" if isinstance(space, spaces.Tuple) else "one-of"
        return None if None in parts else {"kind": kind, "spaces": parts}
    if isinstance(space, spaces.Sequence):
        part = describe(space.feature_space)
        return part and {"kind": "sequence", "space": part, "stack": bool(space.stack)}
    if isinstance(space, spaces.Graph):
        node, edge = (part and describe(part) for part in (space.node_space, space.edge_space))
        known = node is not None and (edge is not None or space.edge_space is None)
        return {"kind": "graph", "nodeSpace": node, "edgeSpace": edge} if known else None
    return None


TAGS = {"float16": "float32", "uint64": "int64"}  # the next that the parent knows
KNOWN = {"float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "bool"}


def tag(dtype):
    if dtype.name in KNOWN:
        return dtype.name
    return TAGS.get(dtype.name, "float64" if dtype.kind == "f" else "int64")


SAFE = 2**53 - 1  # integers beyond are none to the parent


def bounds(space):
    """Of a Box: one number where all agree; what is no bound, or beyond the parent's integers, is infinite."""
    import numpy as np

    def side(values, bounded, infinite):
        numbers = np.asarray(values, np.float64).reshape(-1)
        if space.dtype.kind in "iu":
            free = ~np.asarray(bounded).reshape(-1) | (np.abs(numbers) > SAFE)
            numbers = np.where(free, infinite, numbers)
        same = len(numbers) > 0 and (numbers == numbers[0]).all()
        return word(numbers[0]) if same else [word(x) for x in numbers]

    return side(space.low, space.bounded_below, -np.inf), side(space.high, space.bounded_above, np.inf)


def word(x):
    """A number, or the word for one that JSON does not know."""
    if math.isfinite(x):
        return x.item() if hasattr(x, "item") else x
    return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def leaves_of(space, path=()):
    """[(keys that lead there, space of numbers)], in the order of Gymnasium's flatten; None where length varies."""
    from gymnasium import spaces

    if isinstance(space, (spaces.Box, spaces.Discrete, spaces.MultiDiscrete, spaces.MultiBinary)):
        return [(path, space)]
    if not isinstance(space, (spaces.Dict, spaces.Tuple)):
        return None
    parts = space.spaces.items() if isinstance(space, spaces.Dict) else enumerate(space.spaces)
    leaves = [leaves_of(part, (*path, key)) for key, part in parts]
    return None if any(found is None for found in leaves) else [leaf for found in leaves for leaf in found]


def numbers_codec(space, leaves, said, lead):
    from gymnasium import spaces

    size, parts = 0, []
    for path, leaf in leaves:
        wire, length, encode, decode = leaf_codec(leaf, lead)
        pad = -size % 8
        size += pad + length
        parts.append((path, bytes(pad), wire, slice(size - length, size), encode, decode))
    said["wires"] = [wire for _, _, wire, *_ in parts]
    if not isinstance(space, (spaces.Dict, spaces.Tuple)):
        return Codec(said, size, *parts[0][4:])

    def encode(x):
        pieces = []
        for path, pad, _, _, encode, _ in parts:
            part = x
            for key in path:
                part = part[key]
            pieces += (pad, encode(part))
        return b"".join(pieces)

    def decode(data):
        return nested(space, iter([decode(data[place]) for *_, place, _, decode in parts]))

    def nested(space, leaves):
        if isinstance(space, spaces.Dict):
            return {key: nested(part, leaves) for key, part in space.spaces.items()}
        return tuple(nested(part, leaves) for part in space.spaces) if isinstance(space, spaces.Tuple) else next(leaves)

    return Codec(said, size, encode, decode)


WIRES = {"int64": "float64", "bool": "uint8"}


def leaf_codec(space, lead):
    """(what its numbers travel as, bytes, encode, decode)"""
    import numpy as np
    from gymnasium import spaces

    if isinstance(space, spaces.Discrete) and lead == ():
        number = struct.Struct("<d")
        return "float64", 8, lambda x: number.pack(int(x)), lambda data: int(number.unpack(data)[0])
    wire = "int32" if isinstance(space, spaces.MultiDiscrete) else WIRES.get(tag(space.dtype), tag(space.dtype))
    there = np.dtype("float64" if isinstance(space, spaces.Discrete) else wire).newbyteorder("<")
    shape = (*lead, *space.shape)

    def encode(x):
        array = np.asarray(x, there)
        if array.shape != shape:
            raise ValueError(f"observation has shape {array.shape}, its space says {shape}")
        return array.tobytes()

    def decode(data):
        return np.frombuffer(data, there).reshape(shape).astype(space.dtype)

    return there.name, there.itemsize * math.prod(shape), encode, decode


def element_json(space, x):
    """An element of any space as JSON: numbers of an array in one list, the rows of a batch one by one."""
    import numpy as np
    from gymnasium import spaces

    if isinstance(space, spaces.Dict):
        return {str(key): element_json(part, x[key]) for key, part in space.spaces.items()}
    if isinstance(space, spaces.Tuple):
        return [element_json(part, item) for part, item in zip(space.spaces, x)]
    if isinstance(space, spaces.OneOf):
        return [int(x[0]), element_json(space.spaces[int(x[0])], x[1])]
    if isinstance(space, spaces.Sequence):
        return rows(space.feature_space, x) if space.stack else [element_json(space.feature_space, item) for item in x]
    if isinstance(space, spaces.Graph):
        edges = None if x.edges is None else rows(space.edge_space, x.edges)
        links = None if x.edge_links is None else np.asarray(x.edge_links).reshape(-1).tolist()
        return {"nodes": rows(space.node_space, x.nodes), "edges": edges, "edge_links": links}
    if isinstance(space, spaces.Text):
        return str(x)
    return int(x) if isinstance(space, spaces.Discrete) else [word(n) for n in np.asarray(x).reshape(-1).tolist()]


def rows(space, batch):
    from gymnasium.vector.utils import batch_space, iterate

    return [element_json(space, item) for item in iterate(batch_space(space, 1), batch)]


def from_json(space, x):
    """An element of any space from its JSON."""
    import numpy as np
    from gymnasium import spaces

    if isinstance(space, spaces.Dict):
        return {key: from_json(part, x[str(key)]) for key, part in space.spaces.items()}
    if isinstance(space, spaces.Tuple):
        return tuple(from_json(part, item) for part, item in zip(space.spaces, x))
    if isinstance(space, spaces.Sequence):
        items = tuple(from_json(space.feature_space, item) for item in x)
        return stacked(space.feature_space, items) if space.stack else items
    if isinstance(space, spaces.OneOf):
        return int(x[0]), from_json(space.spaces[int(x[0])], x[1])
    if isinstance(space, spaces.Graph):
        nodes = stacked(space.node_space, [from_json(space.node_space, item) for item in x["nodes"]])
        if x.get("edges") is None:
            return spaces.GraphInstance(nodes, None, None)
        edges = stacked(space.edge_space, [from_json(space.edge_space, item) for item in x["edges"]])
        return spaces.GraphInstance(nodes, edges, np.asarray(x["edge_links"], np.int32).reshape(-1, 2))
    if isinstance(space, spaces.Discrete):
        return int(x)
    return np.asarray(x, space.dtype).reshape(space.shape) if hasattr(space, "dtype") and space.shape is not None else x


def stacked(space, items):
    from gymnasium.vector.utils import concatenate, create_empty_array

    return concatenate(space, items, create_empty_array(space, n=len(items)))
