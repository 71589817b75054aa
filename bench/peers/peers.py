"""
The Python peers: the learning step of columns.cpp in PyTorch and JAX, timed on one thread.
  python3 peers.py --peers torchEager,torchCompile,jax,jaxFloat32 --columns 16,64 --inputs 8,32 \
    --rules td-lambda,rmsprop --rounds 7 --milliseconds 50
Sizes are read in pairs (16x8, 64x32). One JSON object per line; a peer whose package is missing is left out, with a
line on stderr. With --paced it waits for a line on stdin before every one.
"""
import argparse
import os
import sys

# Before the libraries are imported: they read these once.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

sys.dont_write_bytecode = True  # leaves no __pycache__ beside the sources

from task import Task, time_peer  # noqa: E402


def torch_runner(compiled):
    def make(task):
        import torch_peer

        if compiled and not hasattr(torch_peer.torch, "compile"):
            raise ImportError(f"torch {torch_peer.torch.__version__} has no torch.compile")
        return torch_peer.runner(task, compiled)

    return make


def jax_runner(double):
    def make(task):
        import jax_peer

        return jax_peer.runner(task, double)

    return make


PEERS = {
    "torchEager": torch_runner(compiled=False),
    "torchCompile": torch_runner(compiled=True),
    "jax": jax_runner(double=True),
    "jaxFloat32": jax_runner(double=False),
}


def options():
    parser = argparse.ArgumentParser()

    def words(text):
        return text.split(",")

    def numbers(text):
        return [int(word) for word in text.split(",")]

    parser.add_argument("--peers", type=words, default=list(PEERS))
    parser.add_argument("--columns", type=numbers, default=[16, 64])
    parser.add_argument("--inputs", type=numbers, default=[8, 32])
    parser.add_argument("--rules", type=words, default=["td-lambda"])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--milliseconds", type=float, default=50)
    parser.add_argument("--alpha", type=float, default=1e-3, help="times the number of columns")
    parser.add_argument("--paced", action="store_true", help="one rule per size; waits for a line before each")
    given = parser.parse_args()
    if len(given.columns) != len(given.inputs):
        parser.error("--columns and --inputs are read in pairs: give as many of each")
    for peer in given.peers:
        if peer not in PEERS:
            parser.error(f"unknown peer {peer}; there are {', '.join(PEERS)}")
    for rule in given.rules:
        if rule not in ("td-lambda", "rmsprop"):
            parser.error(f"unknown rule {rule}")
    return given


def tasks(given):
    """Every rule at every size; paced, the rule of every size."""
    if given.paced:
        return list(zip(given.columns, given.inputs, given.rules))
    return [(*size, rule) for size in zip(given.columns, given.inputs) for rule in given.rules]


def main():
    given = options()
    for peer in given.peers:
        try:
            for columns, inputs, rule in tasks(given):
                if given.paced and not sys.stdin.readline():
                    return
                task = Task(columns, inputs, rule, given.alpha)
                time_peer(peer, task, *PEERS[peer](task), given)
        except Exception as error:  # a missing package, or one that does not work here: the other peers go on
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            print(f"{peer} is left out: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
