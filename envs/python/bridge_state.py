"""What an environment is in the middle of: read, set, saved, loaded."""

import json


def layers(env):
    while True:
        yield env
        if not hasattr(env, "env"):
            return
        env = env.env


# Built with the environment and never changed by it, or windows that are not open.
FIXED = {"env", "spec", "metadata", "action_space", "observation_space", "_action_space", "_observation_space"}
FIXED |= {"_metadata", "_saved_kwargs", "_cached_spec", "render_mode", "screen", "clock", "surf", "_np_random"}


def snapshot(env):
    """The attributes of every layer and the random generator; None where an attribute is no plain data."""
    try:
        parts = [{k: pack(v) for k, v in vars(e).items() if k not in FIXED} for e in layers(env)]
        rng = env.unwrapped.np_random.bit_generator
    except (TypeError, AttributeError):
        return None
    return json.dumps({"layers": parts, "rng": rng.state})


def restore(env, text):
    saved = json.loads(text)
    for layer, part in zip(layers(env), saved["layers"]):
        vars(layer).update({key: unpack(value) for key, value in part.items()})
    env.unwrapped.np_random.bit_generator.state = saved["rng"]


def pack(value):
    import numpy as np

    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "iubfS":
        array = np.asarray(value)
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        return {kind: array.tobytes().hex(), "dtype": array.dtype.str, "shape": list(array.shape)}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [pack(item) for item in value]}
    if type(value) is dict:
        return {"dict": [[pack(key), pack(item)] for key, item in value.items()]}
    raise TypeError(f"{type(value)} is no plain data")


def unpack(value):
    import numpy as np

    if not isinstance(value, dict):
        return value
    for kind, make in (("list", list), ("tuple", tuple)):
        if kind in value:
            return make(unpack(item) for item in value[kind])
    if "dict" in value:
        return {unpack(key): unpack(item) for key, item in value["dict"]}
    data = bytes.fromhex(value.get("array", value.get("scalar")))
    array = np.frombuffer(data, value["dtype"]).reshape(value["shape"]).copy()
    return array if "array" in value else array[()]


def set_state(env, values):
    import numpy as np

    bare = env.unwrapped
    now = getattr(bare, "state", None)
    bare.state = tuple(values) if isinstance(now, tuple) else np.array(values, getattr(now, "dtype", np.float64))
    if hasattr(bare, "steps_beyond_terminated"):
        bare.steps_beyond_terminated = None


def get_state(env):
    return [float(x) for x in env.unwrapped.state]
