"""Writes statistics.json: quantiles, probabilities and a worked corrected resampled t test.

Made with Python 3.11, NumPy 2.2.6, SciPy 1.14.1. Run in this folder: python make_statistics.py
"""

import json

import numpy as np
from scipy import stats

degrees = [1, 2, 3, 4, 7, 9, 29, 99, 1000, 2.5]
probabilities = [1e-10, 0.0005, 0.025, 0.1, 0.3, 0.5, 0.8, 0.95, 0.975, 0.9999]
arguments = [-40.0, -6.0, -1.5, -1e-3, 0.0, 0.2, 1.0, 2.776, 12.0]
differences = [0.0112, 0.0260, -0.0031, 0.0174, 0.0305, 0.0089]
train, test = 1200, 400


def corrected(values, factor):
    mean, deviation = np.mean(values), np.std(values, ddof=1)
    error = np.sqrt(factor) * deviation
    law = stats.t(len(values) - 1)
    half = law.ppf(0.975) * error
    return {
        "mean": mean, "standardDeviation": deviation, "standardError": error, "lower": mean - half,
        "upper": mean + half, "p": 2 * law.sf(abs(mean / error)),
        "detectable": (law.ppf(0.975) + law.ppf(0.8)) * error,
    }


json.dump(
    {
        "quantiles": [[v, p, stats.t.ppf(p, v)] for v in degrees for p in probabilities],
        "cumulative": [[v, t, stats.t.cdf(t, v)] for v in degrees for t in arguments],
        "wilson": [
            [k, n, c, *stats.binomtest(k, n).proportion_ci(c, method="wilson")]
            for k, n, c in [(0, 12, 0.95), (7, 20, 0.95), (20, 20, 0.9), (1836, 2007, 0.95), (1, 3, 0.5)]
        ],
        "normalQuantiles": [[p, stats.norm.ppf(p)] for p in probabilities],
        "normalCumulative": [[z, stats.norm.cdf(z)] for z in [-30.0, -6.0, -1.0, 0.0, 0.5, 3.0]],
        "values": differences, "trainCount": train, "testCount": test,
        "splits": corrected(differences, 1 / len(differences) + test / train),
        "folds": corrected(differences, 1 / len(differences) + 1 / (3 - 1)),
    },
    open("statistics.json", "w"), indent=1)
