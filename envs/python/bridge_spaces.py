"""Spaces as bytes and as JSON."""

import math
import struct


class Failure(Exception):
    """What the parent reports under a code of its own."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def codec(space, batch=None):
    """(description, encode, decode) of a space: what the parent is told, element -> bytes, bytes -> element."""
    import numpy as np
    from gymnasium import spaces

    text = " ".join(str(space).split())
    lead = () if batch is None else (batch,)
    if isinstance(space, spaces.Discrete):
        said = {"kind": "discrete", "n": int(space.n), "start": int(space.start), "wire": "float64", "text": text}
        if batch is None:
            number = struct.Struct("<d")
            return said, lambda x: number.pack(int(x)), lambda data: int(number.unpack(data)[0])
        return said, *array_codec(np, lead, "float64", np.int64)
    if isinstance(space, spaces.MultiDiscrete):
        low, high = space.start, space.start + space.nvec - 1
    elif isinstance(space, spaces.MultiBinary):
        low, high = np.zeros(space.shape), np.ones(space.shape)
    elif isinstance(space, spaces.Box):
        low, high = space.low, space.high
    else:
        return composite_codec(space, batch, text)
    wire = WIRES.get(space.dtype.name, space.dtype.name)
    if wire not in ("float32", "float64", "int8", "int16", "int32", "uint8", "uint16", "uint32"):
        raise Failure("make", f"cannot carry the space {text}: its numbers are {space.dtype.name}")
    whole = space.dtype.kind in "iub"
    said = {"kind": "box", "low": bound(low), "high": bound(high), "shape": list(space.shape), "wire": wire}
    return {**said, "whole": whole, "text": text}, *array_codec(np, lead + space.shape, wire, space.dtype)


WIRES = {"int64": "float64", "uint64": "float64", "bool": "uint8", "float16": "float32"}


def array_codec(np, shape, wire, dtype):
    there = np.dtype(wire).newbyteorder("<")

    def encode(x):
        array = np.asarray(x, there)
        if array.shape != shape:
            raise ValueError(f"observation has shape {array.shape}, its space says {shape}")
        return array.tobytes()

    return encode, lambda data: np.frombuffer(data, there).reshape(shape).astype(dtype)


def composite_codec(space, batch, text):
    """Dict, Tuple and Text travel as Gymnasium flattens them; what has no flat form, as JSON alone."""
    from gymnasium.spaces import flatten, flatten_space, unflatten

    if batch is not None or not space.is_np_flattenable:
        if batch is not None:
            raise Failure("make", f"several environments at a time need flat spaces, not {text}")
        return {"kind": "json", "text": text}, lambda x: b"", None
    said, encode, decode = codec(flatten_space(space))
    return {**said, "text": text}, lambda x: encode(flatten(space, x)), lambda data: unflatten(space, decode(data))


def bound(values):
    """One number where all agree; the infinities as text."""
    numbers = [x if math.isfinite(x) else str(x) for x in map(float, values.reshape(-1))]
    return numbers[0] if len(set(numbers)) == 1 else numbers


def from_json(space, x):
    """An element of any space from its JSON."""
    import numpy as np
    from gymnasium import spaces

    if isinstance(space, spaces.Dict):
        return {key: from_json(part, x[key]) for key, part in space.spaces.items()}
    if isinstance(space, spaces.Tuple):
        return tuple(from_json(part, item) for part, item in zip(space.spaces, x))
    if isinstance(space, spaces.Sequence):
        return tuple(from_json(space.feature_space, item) for item in x)
    if isinstance(space, spaces.OneOf):
        return x[0], from_json(space.spaces[x[0]], x[1])
    if isinstance(space, spaces.Discrete):
        return int(x)
    return np.asarray(x, space.dtype).reshape(space.shape) if hasattr(space, "dtype") and space.shape is not None else x
