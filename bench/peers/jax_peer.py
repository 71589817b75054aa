"""
Peers "jax" and "jaxFloat32": the learning step of columns.cpp (its formulas are there) in JAX. The whole step is
inside one lax.scan over the ring's 256 steps, compiled by jax.jit, with the state donated. "jax" keeps v, delta and
the head in float64 as the others do; "jaxFloat32" has everything in float32, which is how JAX comes.
"""
from functools import partial

import jax
import jax.numpy as jnp
from jax import lax

from task import DECAY, EPSILON, F, G, GAMMA, I, LAMBDA, NU_MIN, O, RING, Task


def rmsprop(change, nu, alpha):
    nu = jnp.maximum(NU_MIN, DECAY * nu + (1 - DECAY) * change * change)
    return alpha * change / (jnp.sqrt(nu) + EPSILON), nu


def step(s, seen, alpha, rule):
    """s: the dictionary of state arrays; seen: (x [m], cumulant []); the next state and the prediction v_t"""
    x, cumulant = seen
    theta, z, tc, th, w, zw, c, h = (s[name] for name in ("theta", "z", "tc", "th", "w", "zw", "c", "h"))
    m = x.shape[0]
    u = theta[:, :, m + 1]
    a = theta[:, :, :m] @ x + theta[:, :, m] + u * h
    i, f, o = jax.nn.sigmoid(a[I]), jax.nn.sigmoid(a[F]), jax.nn.sigmoid(a[O])
    g = jnp.tanh(a[G])
    b = jnp.stack([g * i * (1 - i), c * f * (1 - f), jnp.zeros_like(c), i * (1 - g * g)])
    c_new = f * c + i * g
    squashed = jnp.tanh(c_new)
    h_new = o * squashed

    phi = jnp.append(h_new, 1).astype(w.dtype)
    v = w @ phi
    delta = cumulant + GAMMA * v - s["v"]

    out = {}
    if rule == "rmsprop":
        change, out["nu"] = rmsprop(delta.astype(jnp.float32) * z, s["nu"], alpha)
        theta = theta + change
        change, out["nu_w"] = rmsprop(delta * zw, s["nu_w"], alpha)
        w = w + change
    else:
        theta = theta + (alpha * delta).astype(jnp.float32) * z
        w = w + alpha * delta * zw

    d = c.shape[0]
    e = jnp.concatenate([jnp.broadcast_to(x, (d, m)), jnp.ones((d, 1), x.dtype), h[:, None]], axis=1)
    direct_h = squashed * o * (1 - o)
    per_gate = jnp.stack([jnp.zeros_like(c), jnp.zeros_like(c), direct_h, jnp.zeros_like(c)])
    own = (u * b).sum(0)  # A; b of the output gate is 0
    tc = f[:, None] * tc + own[:, None] * th + b[:, :, None] * e
    th = (o * (1 - squashed**2))[:, None] * tc + (direct_h * u[O])[:, None] * th + per_gate[:, :, None] * e
    z = GAMMA * LAMBDA * z + w[:-1, None].astype(jnp.float32) * th
    zw = GAMMA * LAMBDA * zw + phi
    out.update(theta=theta, z=z, tc=tc, th=th, w=w, zw=zw, c=c_new, h=h_new, v=v)
    return out, v


@partial(jax.jit, static_argnames=("alpha", "rule"), donate_argnames="state")
def ring(state, observation, cumulant, alpha, rule):
    return lax.scan(partial(step, alpha=alpha, rule=rule), state, (observation, cumulant))


def initial(task: Task, head_type):
    theta = jnp.array(task.weights, jnp.float32)
    head = jnp.array(task.head, head_type)
    state = {
        "theta": theta,
        **{name: jnp.zeros_like(theta) for name in ("z", "tc", "th")},
        "w": head,
        "zw": jnp.zeros_like(head),
        "c": jnp.zeros(task.columns, jnp.float32),
        "h": jnp.zeros(task.columns, jnp.float32),
        "v": jnp.zeros((), head_type),
    }
    if task.rule == "rmsprop":
        state.update(nu=jnp.ones_like(theta), nu_w=jnp.ones_like(head))
    return state


def runner(task: Task, double: bool):
    """(a function that does one ring and returns its predictions, its number of steps)"""
    jax.config.update("jax_enable_x64", double)
    head_type = jnp.float64 if double else jnp.float32
    state = initial(task, head_type)
    observation = jnp.array(task.observation, jnp.float32)
    cumulant = jnp.array(task.cumulant, head_type)

    def run():
        nonlocal state
        state, values = ring(state, observation, cumulant, task.alpha, task.rule)
        return values.block_until_ready()

    return run, RING
