"""Golden series of mackey-glass (reservoirpy) and lorenz (scipy, tight tolerance).

In a virtual environment with numpy, scipy and reservoirpy==0.3.11:  python make_series.py > series.json
(0.4.2 changed the integration step: its later slopes are taken at whole instead of half steps, and h is left out of the
production term, so that h = .1 gives another equation.)
"""
import json
import sys

import numpy
import reservoirpy
import scipy
from reservoirpy.datasets import mackey_glass
from scipy.integrate import solve_ivp


def series(tau, h, every, samples):
    """The history that a seed draws, and the samples that follow it."""
    steps = int(numpy.floor(tau / h))
    history = 1.2 + 0.2 * (numpy.random.default_rng(7).random(steps) - 0.5)
    values = mackey_glass(samples * every, tau=tau, h=h, seed=7)[::every, 0]
    return {"tau": tau, "substeps": round(1 / h), "history": history.tolist(), "values": values.tolist()}


def lorenz(t, s):
    return [10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]]


times = numpy.arange(60) * 0.03
exact = solve_ivp(lorenz, (0, times[-1]), [1, 1, 1], t_eval=times, rtol=1e-12, atol=1e-12, method="DOP853")
json.dump(
    {
        "versions": {"numpy": numpy.__version__, "scipy": scipy.__version__, "reservoirpy": reservoirpy.__version__},
        "mackeyGlass": [series(17, 1.0, 1, 150), series(17, 0.1, 10, 80), series(30, 1.0, 1, 150)],
        "lorenz": exact.y.T.tolist(),
    },
    sys.stdout,
)
