"""Reference values for src/statistics, by SciPy, statsmodels and rliable.

In a virtual environment with scipy, statsmodels, arch, absl-py and rliable==1.2.0 (pip install --no-deps rliable is enough:
its plots need more):  python statistics.py > statistics.json
"""
import json
import sys

import arch
import numpy as np
import scipy
import statsmodels
from arch.bootstrap import IIDBootstrap, IndependentSamplesBootstrap
from rliable import library, metrics
from scipy import special, stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(7)


def take_random_state(bootstrap):
    """arch has renamed the argument since rliable was written."""
    original = bootstrap.__init__
    bootstrap.__init__ = lambda self, *a, random_state=None, **named: original(self, *a, **{"seed": random_state, **named})


take_random_state(IIDBootstrap)
take_random_state(IndependentSamplesBootstrap)


def rounded(values, digits=4):
    return np.round(values, digits)


def holding(low, high):
    return {"low": float(low), "high": float(high)}


def student():
    dfs = [0.7, 1, 2, 3, 5, 9, 29, 49.5, 100, 1e3, 1e4, 1e5, 1e6]
    ts = [-40, -6, -2, -0.5, -0.01, 0, 0.3, 1, 2.5, 10]
    ps = [1e-12, 1e-6, 0.001, 0.025, 0.2, 0.4, 0.499, 0.51, 0.9, 0.975, 0.9999]
    return {
        "cdf": [[t, df, stats.t.cdf(t, df)] for df in dfs for t in ts],
        "quantile": [[p, df, stats.t.ppf(p, df)] for df in dfs for p in ps],
    }


def beta():
    shapes = [(0.5, 0.5), (0.1, 3), (2, 3), (1, 1), (15, 4), (200, 300), (1e4, 20), (3e5, 5e5), (1e6, 0.5)]
    return [
        [a, b, x, special.betainc(a, b, x)]
        for a, b in shapes
        for x in [1e-6, 0.05, 0.3, 0.375, 0.5, 0.9, 0.998, 0.9999999]
    ]


def samples():
    for values in [rounded(rng.normal(3, 2, 12)), rounded(rng.exponential(1, 40)), rounded(rng.lognormal(0, 1, 7))]:
        low, high = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
        narrow = stats.t.interval(0.5, len(values) - 1, values.mean(), stats.sem(values))
        boot = stats.bootstrap(
            (values,), np.mean, method="percentile", n_resamples=200_000, batch=1000, rng=np.random.default_rng(1)
        ).confidence_interval
        yield {
            "values": values.tolist(),
            "mean": values.mean(),
            "median": np.median(values),
            "quantiles": [[p, np.quantile(values, p)] for p in [0, 0.025, 0.3, 0.77, 1]],
            "standardError": stats.sem(values),
            "t95": holding(low, high),
            "t50": holding(*narrow),
            "bootstrap95": holding(*boot),
        }


def two_samples():
    pairs = [
        (rng.normal(0, 1, 8), rng.normal(1, 3, 6)),
        (rng.normal(0, 1, 30), rng.normal(0.4, 1, 25)),
        (rng.exponential(1, 50), rng.exponential(2, 50)),
        (rng.normal(0, 1, 3), rng.normal(5, 1, 4)),
        (rng.normal(0, 1, 70), rng.normal(0.2, 1, 60)),
        (rng.integers(0, 6, 20), rng.integers(1, 8, 15)),
    ]
    for x, y in pairs:
        x, y = rounded(x), rounded(y)
        welch = stats.ttest_ind(x, y, equal_var=False)
        tied = len(np.unique(np.concatenate([x, y]))) < len(x) + len(y)
        exact = not tied and max(len(x), len(y)) <= 50
        u = stats.mannwhitneyu(x, y, method="exact" if exact else "asymptotic", use_continuity=True)
        yield {
            "x": x.tolist(),
            "y": y.tolist(),
            "welch": {"t": welch.statistic, "df": welch.df, "p": welch.pvalue},
            "mannWhitney": {"u": u.statistic, "p": u.pvalue, "exact": exact},
        }


def tolerance():
    """The narrowest span of order statistics that is enough, by trying all; then as central as it goes."""
    for n, coverage, level in [(46, 0.9, 0.95), (45, 0.9, 0.95), (100, 0.9, 0.95), (30, 0.8, 0.9), (1000, 0.9, 0.99)]:
        confidence = stats.binom.cdf(np.arange(n) - 1, n, coverage)  # of spans 0 .. n - 1
        enough = np.flatnonzero(confidence >= level)
        needs = next(k for k in range(2, 10_000) if stats.binom.cdf(k - 2, k, coverage) >= level)
        yield {
            "n": n,
            "coverage": coverage,
            "level": level,
            "span": int(enough[0]) if len(enough) else None,
            "confidence": confidence[enough[0]] if len(enough) else confidence[-1],
            "needs": needs,
        }


def across_tasks():
    """Scores of two methods as rliable takes them, [runs x tasks]; the number of runs is a multiple of 4."""
    x = rounded(rng.normal([0.6, 1.1, 0.2], [0.3, 0.5, 0.1], (12, 3)), 2)
    y = rounded(rng.normal([0.5, 0.8, 0.25], [0.3, 0.5, 0.1], (8, 3)), 2)
    taus = [0.0, 0.1, 0.25, 0.5, 0.8, 1.0, 2.0]
    reps = 20_000

    def interval(data, function):
        _, bounds = library.get_interval_estimates({"it": data}, function, reps=reps)
        return bounds["it"]

    np.random.seed(1)  # rliable draws from NumPy's global generator
    iqm = interval(x, lambda scores: np.array([metrics.aggregate_iqm(scores)]))
    improvement = interval((x, y), lambda a, b: np.array([metrics.probability_of_improvement(a, b)]))
    profile, bounds = library.create_performance_profile({"it": x}, np.array(taus), reps=reps)
    return {
        "x": x.T.tolist(),
        "y": y.T.tolist(),
        "reps": reps,
        "iqm": {"value": metrics.aggregate_iqm(x), **holding(*iqm[:, 0])},
        "optimalityGap": metrics.aggregate_optimality_gap(x, 1),
        "improvement": {"value": metrics.probability_of_improvement(x, y), **holding(*improvement[:, 0])},
        "taus": taus,
        "profile": profile["it"].tolist(),
        "profileLow": bounds["it"][0].tolist(),
        "profileHigh": bounds["it"][1].tolist(),
    }


def corrections():
    for p in [[0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], [0.001], rounded(rng.uniform(0, 0.2, 12)).tolist()]:
        yield {"p": p, "holm": multipletests(p, method="holm")[1].tolist()}


modules = {"numpy": np, "scipy": scipy, "statsmodels": statsmodels, "arch": arch}
json.dump(
    {
        "made_by": "statistics.py",
        "versions": {
            "python": sys.version.split()[0],
            **{name: module.__version__ for name, module in modules.items()},
            "rliable": "1.2.0",
        },
        "student": student(),
        "beta": beta(),
        "normalTail": [[z, special.ndtr(-z)] for z in [-8.0, -3.2, -1.0, 0.0, 0.5, 1.96, 2.999, 3.001, 5.0, 12.0, 30.0]],
        "samples": list(samples()),
        "twoSamples": list(two_samples()),
        "tolerance": list(tolerance()),
        "acrossTasks": across_tasks(),
        "holm": list(corrections()),
    },
    sys.stdout,
    indent=1,
    default=float,
)
