"""Serves one Gymnasium environment (or several in lockstep) to the process that started it; see protocol.ts.

    python -u bridge.py <in> <out> <lifeline>

The three are file descriptors. One JSON line comes in (what to make), one goes out (what was made, or why not); then
fixed-layout little-endian frames, one reply per request. The process ends when <in> or <lifeline> does. Whatever is
printed, by Python or by C, goes to stderr. Needs gymnasium and numpy; a file named by "fake" needs neither.
"""

import atexit
import faulthandler
import importlib
import importlib.util
import json
import os
import signal
import struct
import sys
import threading
import traceback

compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # leave no __pycache__ in the package
from bridge_spaces import Failure, codec, from_json  # noqa: E402
from bridge_state import get_state, restore, set_state, snapshot  # noqa: E402
from bridge_wire import Wire, to_json  # noqa: E402

sys.dont_write_bytecode = compiles

PROTOCOL = 2
STEP, RESET, SET_STATE, GET_STATE, SAVE, LOAD, JSON_STEP, JSON_RESET, ECHO, CLOSE = range(1, 11)
REQUEST = struct.Struct("<BI")  # op, sequence number; then the action, or a length and so much JSON
REPLY = struct.Struct("<BIdBI")  # status, sequence number, reward, flags, bytes of JSON; then observation, JSON
LENGTH = struct.Struct("<I")
OK, FAILED = 0, 1


def make(config):
    """(env, description, Codec of actions, Codec of observations)"""
    if "fake" in config:
        spec = importlib.util.spec_from_file_location("fake", config["fake"])
        fake = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(fake)
        return fake.make(config)
    try:
        import gymnasium
        import numpy
    except ImportError as error:
        raise Failure("packages", str(error)) from None
    versions = {"gymnasium": gymnasium.__version__, "numpy": numpy.__version__}
    if int(gymnasium.__version__.split(".")[0]) < 1:
        raise Failure("version", f"gymnasium 1.0 or newer is needed, this Python has {gymnasium.__version__}")
    for name in config["modules"]:
        module = importlib.import_module(name)
        if hasattr(gymnasium, "register_envs"):
            gymnasium.register_envs(module)
    count = config.get("count")
    if count is None:
        env = gymnasium.make(config["id"], **config["kwargs"])
        for wrapper in config["wrappers"]:
            env = imported(wrapper["name"])(env, **wrapper["kwargs"])
        spaces = env.action_space, env.observation_space
    else:
        mode, autoreset = config["vectorization"], gymnasium.vector.AutoresetMode(config["autoreset"])
        wrappers = [lambda e, w=w: imported(w["name"])(e, **w["kwargs"]) for w in config["wrappers"]]
        extra = {"vector_kwargs": {"autoreset_mode": autoreset}, "wrappers": wrappers, **config["kwargs"]}
        env = gymnasium.make_vec(config["id"], num_envs=count, vectorization_mode=mode, **extra)
        spaces = env.single_action_space, env.single_observation_space
    action, observation = (codec(space, count) for space in spaces)
    return env, {"versions": versions, **abilities(env, count)}, action, observation


def imported(name):
    """'package.module:Class'"""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def abilities(env, count):
    limit = env.spec.max_episode_steps if env.spec else None
    return {"maxEpisodeSteps": limit, "saves": count is None and snapshot(env) is not None}


class Server:
    def __init__(self, wire, config):
        self.wire, self.config = wire, config
        self.batch = config.get("count")
        self.info = config["info"]
        self.env, self.said, self.action, self.observation = make(config)
        self.said.update(action=self.action.said, observation=self.observation.said)

    def serve(self):
        """Answers until told to close, or the requests end: returns CLOSE or None."""
        step_size, timeout = self.action.size, self.config["timeout"]
        while (head := self.wire.take(REQUEST.size)) is not None:
            op, seq = REQUEST.unpack(head)
            if op == STEP and step_size is not None:
                body = self.wire.take(step_size)
            else:
                size = self.wire.take(LENGTH.size)
                body = size if size is None else self.wire.take(LENGTH.unpack(size)[0])
            if body is None:
                return None
            limit(timeout)
            try:
                reply = self.answer(op, seq, body)
            except Exception as error:  # the environment's own; the process lives on
                reply = failed(seq, "exception", error)
            if op == CLOSE:  # the clock goes on: leaving must not take for ever either
                self.wire.put(reply)
                return op
            limit(0)
            self.wire.put(reply)
        return None

    def answer(self, op, seq, body):
        if op == STEP:
            observation, reward, terminated, truncated, info = self.env.step(self.action.decode(body))
            if self.batch is not None:
                return self.batched(seq, observation, info, reward, terminated, truncated)
            return self.seen(seq, observation, info, reward, (1 if terminated else 0) | (2 if truncated else 0))
        if op == ECHO:
            return REPLY.pack(OK, seq, 0.0, 0, 0)
        asked = json.loads(body)
        if op == RESET:
            observation, info = self.env.reset(seed=asked["seed"], options=asked["options"])
            return (self.seen if self.batch is None else self.batched)(seq, observation, info)
        return self.aside(op, seq, asked)

    def seen(self, seq, observation, info, reward=0.0, flags=0):
        """The observation in bytes, then the info in JSON; or both in JSON."""
        if self.observation.size is None:
            data, text = b"", to_json([self.observation.encode(observation), info if self.info else {}])
        else:
            data, text = self.observation.encode(observation), to_json(info) if self.info else b""
        return REPLY.pack(OK, seq, float(reward), flags, len(text)) + data + text

    def batched(self, seq, observation, info, reward=None, terminated=None, truncated=None):
        """Of all: rewards (float64), observations, flags (a byte each)."""
        import numpy as np

        if reward is None:
            reward, flags = np.zeros(self.batch), np.zeros(self.batch, np.uint8)
        else:
            flags = np.asarray(terminated, np.uint8) | (np.asarray(truncated, np.uint8) << 1)
        text = to_json(info) if self.info else b""
        data = np.asarray(reward, "<f8").tobytes() + self.observation.encode(observation) + flags.tobytes()
        return REPLY.pack(OK, seq, 0.0, 0, len(text)) + data + text

    def aside(self, op, seq, asked):
        """All other requests: JSON in, JSON out."""
        reward, flags, result = 0.0, 0, None
        if op == JSON_STEP:
            action = from_json(self.env.action_space, asked)
            observation, reward, terminated, truncated, info = self.env.step(action)
            flags = (1 if terminated else 0) | (2 if truncated else 0)
            result = [observation, info]
        elif op == JSON_RESET:
            result = self.env.reset(seed=asked["seed"], options=asked["options"])
        elif op == SET_STATE:
            set_state(self.env, asked)
        elif op == GET_STATE:
            result = get_state(self.env)
        elif op == SAVE:
            result = snapshot(self.env)
        elif op == LOAD:
            restore(self.env, asked)
        elif op == CLOSE:
            self.env.close()
        else:
            raise ValueError(f"there is no operation {op}")
        text = to_json(result)
        return REPLY.pack(OK, seq, float(reward), flags, len(text)) + text


def failed(seq, code, error):
    text = json.dumps({"code": code, **blame(error)}).encode()
    return REPLY.pack(FAILED, seq, 0.0, 0, len(text)) + text


def blame(error):
    last = traceback.format_exception_only(type(error), error)[-1].strip()
    return {"message": " ".join(last.split()), "traceback": traceback.format_exc()}


def limit(seconds):
    """A clock that the kernel keeps: it ends the process also while C code hangs, and says on stderr where that was."""
    if hasattr(signal, "setitimer"):  # elsewhere the parent keeps the only clock
        signal.setitimer(signal.ITIMER_REAL, seconds)


def end_with(lifeline):
    """Ends this process and what it started when the parent's end of the pipe closes, whatever is going on here."""

    def wait():
        while os.read(lifeline, 1):
            pass
        end_group()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def end_group():
    """Ends this process and what it has started, where it leads a group of its own."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)


def main(source, sink, lifeline):
    if sink == 1:  # keep stdout to ourselves
        sink = os.dup(1)
        os.dup2(2, 1)
    if lifeline >= 0:
        end_with(lifeline)
    if hasattr(os, "register_at_fork"):  # a worker of the environment must not keep the streams open
        os.register_at_fork(after_in_child=lambda: (os.close(source), os.close(sink)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    faulthandler.enable()
    if hasattr(signal, "setitimer"):
        faulthandler.register(signal.SIGALRM, all_threads=False, chain=True)
    sys.path[0] = os.getcwd()  # modules beside the user, not beside this file
    wire = Wire(source, sink)
    line = wire.line()
    if line is None:
        return None
    config = json.loads(line)
    said = {"python": sys.version.split()[0]}
    try:
        if config["protocol"] != PROTOCOL:
            raise Failure("version", f"this bridge.py speaks protocol {PROTOCOL}, the package {config['protocol']}")
        limit(config["startTimeout"] + 1)  # the parent's clock, which began earlier, comes first, if it still ticks
        server = Server(wire, config)
        said.update(server.said)
    except Failure as error:
        said["error"] = {"code": error.code, "message": str(error), "traceback": traceback.format_exc()}
    except Exception as error:
        said["error"] = {"code": "make", **blame(error)}
    limit(0)
    wire.put(to_json({"protocol": PROTOCOL, **said}) + b"\n")
    return None if "error" in said else server.serve()


def live(source, sink, lifeline):
    """main, after which nothing is left of what this process has started."""
    last = []
    atexit.register(lambda: end_group() if last else None)  # the first registered runs last
    try:
        last.append(main(source, sink, lifeline))
    except BrokenPipeError:
        last.append(None)
    if last != [CLOSE]:  # the parent is gone, or has no use for this process: nobody waits for a proper end
        end_group()


if __name__ == "__main__":
    live(*map(int, sys.argv[1:4]))
