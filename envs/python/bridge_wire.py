"""Bytes and JSON of the bridge."""

import json
import math
import os


class Wire:
    """Reads requests and writes replies, whole."""

    def __init__(self, source, sink):
        self.source, self.sink, self.rest = source, sink, b""

    def take(self, count):
        """The next `count` bytes; None at the end of the stream."""
        while len(self.rest) < count:
            chunk = os.read(self.source, 1 << 16)
            if not chunk:
                return None
            self.rest = self.rest + chunk if self.rest else chunk
        if len(self.rest) == count:
            taken, self.rest = self.rest, b""
        else:
            taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def line(self):
        while b"\n" not in self.rest:
            chunk = os.read(self.source, 1 << 16)
            if not chunk:
                return None
            self.rest += chunk
        line, self.rest = self.rest.split(b"\n", 1)
        return line

    def put(self, data):
        written = os.write(self.sink, data)
        while written < len(data):
            written += os.write(self.sink, data[written:])


def to_json(value):
    """JSON bytes; NaN and the infinities, for which JSON has no word, as null."""
    try:
        return json.dumps(value, default=plain, allow_nan=False).encode()
    except (TypeError, ValueError):
        return json.dumps(finite(json.loads(json.dumps(keyed(value), default=plain)))).encode()


def plain(value):
    for convert in ("tolist", "_asdict"):  # arrays and numpy's numbers; named tuples
        if hasattr(value, convert):
            return getattr(value, convert)()
    if hasattr(value, "nodes"):  # a graph
        return {"nodes": value.nodes, "edges": value.edges, "edge_links": value.edge_links}
    return list(value) if isinstance(value, (set, frozenset)) else repr(value)


def keyed(value):
    """JSON takes text as keys only."""
    if isinstance(value, dict):
        return {str(key): keyed(item) for key, item in value.items()}
    return [keyed(item) for item in value] if isinstance(value, (list, tuple)) else value


def finite(value):
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
