"""
Peers "torchEager" and "torchCompile": the learning step of columns.cpp (its formulas are there) in PyTorch, batched
over gates and columns: weights, traces and eligibility are [4, d, m + 2], updated in place, without autograd.
torchCompile is the same function through torch.compile, one call per step.
"""
import torch

from task import DECAY, EPSILON, F, G, GAMMA, I, LAMBDA, NU_MIN, O, RING, Task

CHUNK = 8  # steps between two readings of the clock


def step(s, x, cumulant, alpha, rule):
    """s: the dictionary of state tensors, changed in place; x [m], cumulant []; the prediction v_t"""
    theta, z, tc, th, w, zw, c, h = (s[name] for name in ("theta", "z", "tc", "th", "w", "zw", "c", "h"))
    scratch, scratch_2 = s["scratch"]
    m = x.shape[0]
    u = theta[:, :, m + 1].clone()  # this step's recurrent weights: theta changes below
    a = theta[:, :, :m] @ x + theta[:, :, m] + u * h
    i, f, o = torch.sigmoid(a[:O + 1]).unbind()
    g = torch.tanh(a[G])
    b = torch.stack([g * i * (1 - i), c * f * (1 - f), torch.zeros_like(c), i * (1 - g * g)])
    c_new = f * c + i * g
    squashed = torch.tanh(c_new)
    h_new = o * squashed

    phi = torch.cat([h_new.double(), s["one"]])
    v = w @ phi
    delta = cumulant + GAMMA * v - s["v"]

    if rule == "rmsprop":
        change = torch.mul(z, delta.float(), out=scratch)
        s["nu"].mul_(DECAY).addcmul_(change, change, value=1 - DECAY).clamp_(min=NU_MIN)
        theta.addcdiv_(change, torch.sqrt(s["nu"], out=scratch_2).add_(EPSILON), value=alpha)
        change = delta * zw
        s["nu_w"].mul_(DECAY).addcmul_(change, change, value=1 - DECAY).clamp_(min=NU_MIN)
        w.addcdiv_(change, s["nu_w"].sqrt().add_(EPSILON), value=alpha)
    else:
        theta.add_(torch.mul(z, (alpha * delta).float(), out=scratch))
        w.add_(zw * (alpha * delta))

    e = s["e"]  # [d, m + 2]; its column m is 1
    e[:, :m] = x
    e[:, m + 1] = h
    direct_h = squashed * o * (1 - o)
    own = (u * b).sum(0)  # A; b of the output gate is 0
    tc.mul_(f[:, None]).addcmul_(own[:, None], th).addcmul_(b[:, :, None], e)
    th.mul_((direct_h * u[O])[:, None]).addcmul_((o * (1 - squashed * squashed))[:, None], tc)
    th[O].addcmul_(direct_h[:, None], e)
    z.mul_(GAMMA * LAMBDA).addcmul_(w[:-1, None].float(), th)
    zw.mul_(GAMMA * LAMBDA).add_(phi)

    c.copy_(c_new)
    h.copy_(h_new)
    s["v"].copy_(v)
    return v


def initial(task: Task, compiled: bool):
    theta = torch.tensor(task.weights, dtype=torch.float32)
    head = torch.tensor(task.head, dtype=torch.float64)
    return {
        "theta": theta,
        **{name: torch.zeros_like(theta) for name in ("z", "tc", "th")},
        "nu": torch.ones_like(theta),
        "w": head,
        "zw": torch.zeros_like(head),
        "nu_w": torch.ones_like(head),
        "c": torch.zeros(task.columns),
        "h": torch.zeros(task.columns),
        "v": torch.zeros((), dtype=torch.float64),
        "one": torch.ones(1, dtype=torch.float64),
        "e": torch.ones(task.columns, task.inputs + 2),
        # Eager needs memory for what lies between two operations: kept, as asking the system for megabytes anew at
        # every step costs more than the step. The compiler fuses the operations and needs none.
        "scratch": (None, None) if compiled else (torch.empty_like(theta), torch.empty_like(theta)),
    }


def runner(task: Task, compiled: bool):
    """(a function that does the next CHUNK steps and returns their predictions, CHUNK)"""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    state = initial(task, compiled)
    observation = list(torch.tensor(task.observation, dtype=torch.float32))
    cumulant = list(torch.tensor(task.cumulant, dtype=torch.float64))
    advance = step
    if compiled:
        torch._dynamo.reset()
        advance = torch.compile(step, dynamic=False, fullgraph=True)
    at = 0

    @torch.no_grad()
    def run():
        nonlocal at
        values = [advance(state, observation[t], cumulant[t], task.alpha, task.rule) for t in range(at, at + CHUNK)]
        at = (at + CHUNK) % RING
        return values

    return run, CHUNK
