"""Writes scores.json: figures of merit by scikit-learn, McNemar's and Holm's tests by statsmodels,
binomial tests by SciPy.

Made with Python 3.11, NumPy 2.2.6, SciPy 1.14.1, scikit-learn 1.9.1, statsmodels 0.15.0. Run in this folder: python make_scores.py
"""

import json

import numpy as np
from scipy import stats
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

generator = np.random.default_rng(20)
classes, images = 5, 60
labels = np.sort(generator.integers(0, classes, images))
logits = generator.normal(size=(images, classes)) + 1.2 * np.eye(classes)[labels]
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
predictions = probabilities.argmax(1)
targets = generator.normal(3, 2, images)
estimates = targets + generator.normal(0, 0.7, images)


def calibration_error(bins):
    confidence, right = probabilities.max(1), predictions == labels
    edges, error = np.linspace(0, 1, bins + 1), 0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


counts = [(0, 0), (1, 0), (5, 5), (3, 12), (40, 21), (0, 30), (300, 251)]
families = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 0.001, 1.0, 0.0], [0.9, 0.8, 0.7]]
chances = [(30, 100, 0.25), (40, 100, 0.25), (0, 10, 0.1), (10, 10, 0.5), (700, 2000, 0.3), (610, 2000, 0.25)]
numbers, rates = [0, 1, 2, 3, 7, 0, 4], [0.5, 1.5, 1.0, 3.0, 5.5, 1.25, 8.0]
laws = [(1, 0.5), (10, 0.5), (61, 0.5), (500, 0.5), (7, 0.2), (40, 0.9)]
json.dump(
    {
        "classCount": classes, "labels": labels.tolist(), "probabilities": probabilities.ravel().tolist(),
        "targets": targets.tolist(), "estimates": estimates.tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, predictions),
        "topAccuracy": [metrics.top_k_accuracy_score(labels, probabilities, k=k) for k in [1, 2, 3, 4, 5]],
        "logLoss": metrics.log_loss(labels, probabilities),
        "brier": float(np.mean(np.sum((probabilities - np.eye(classes)[labels]) ** 2, 1))),
        "binaryBrier": metrics.brier_score_loss(labels > 1, probabilities[:, 2:].sum(1)),
        "calibrationErrors": [[bins, calibration_error(bins)] for bins in [1, 7, 15]],
        "confusion": metrics.confusion_matrix(labels, predictions).ravel().tolist(),
        "rootMeanSquaredError": metrics.root_mean_squared_error(targets, estimates),
        "determination": metrics.r2_score(targets, estimates),
        "counts": numbers, "rates": rates, "poissonDeviance": metrics.mean_poisson_deviance(numbers, rates),
        "chance": [[x, n, p, stats.binomtest(x, n, p, alternative="greater").pvalue] for x, n, p in chances],
        "mcnemar": [[b, c, mcnemar([[9, b], [c, 9]], exact=True).pvalue] for b, c in counts],
        "holm": [[p, multipletests(p, method="holm")[1].tolist()] for p in families],
        "binomial": [[n, p, k, stats.binom.cdf(k, n, p)] for n, p in laws for k in {0, n // 3, n - 1, n}],
    },
    open("scores.json", "w"), indent=1)
