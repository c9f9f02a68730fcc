"""Writes selection.json: features with labels, their F statistics and their mutual information with the labels.

Made with Python 3.11, NumPy 2.2.6, scikit-learn 1.9.1; seed 4. Run in this folder: python make_selection.py
"""

import json

import numpy as np
from sklearn.feature_selection import f_classif
from sklearn.metrics import mutual_info_score

rng = np.random.default_rng(4)
rows, classes = 150, 4
labels = rng.choice([0, 1, 3], size=rows, p=[0.5, 0.3, 0.2])  # class 2 does not occur
shift = np.array([0.0, 0.8, 5.0, -1.5])[labels]
features = np.column_stack(
    [
        rng.normal(size=rows), rng.normal(size=rows) + shift, 10 + rng.normal(size=rows) + 0.3 * shift,
        np.round(rng.normal(size=rows)) + (labels == 1), (labels == 3).astype(float), rng.exponential(size=rows) ** 3,
        np.where(rng.random(rows) < 0.8, 0.0, rng.normal(size=rows)),
        np.round(1e-3 * (rng.normal(size=rows) - shift), 5),
    ]
).round(6)


def information(column, bins):
    edges = np.quantile(column, np.arange(1, bins) / bins)
    return mutual_info_score(np.searchsorted(edges, column, side="right"), labels)


with np.errstate(all="ignore"):
    f = f_classif(features, labels)[0]
json.dump(
    {
        "features": features.tolist(), "labels": labels.tolist(), "classCount": classes, "fStatistic": [v if np.isfinite(v) else None for v in f],
        "information": {str(b): [information(c, b) for c in features.T] for b in (2, 5, 16)},
    },
    open("selection.json", "w"))
