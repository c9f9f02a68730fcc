"""Makes the fixtures of LinearModelsTests: the optimum that scikit-learn finds for a multinomial ridge problem.

Made with Python 3.11.7, numpy 2.2.6, scipy 1.14.1, scikit-learn 1.9.1. Run in this folder: python make_fixtures.py
"""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

generator = np.random.default_rng(20261101)
count, columns, classes = 150, 12, 4
features = generator.normal(size=(count, columns)) @ generator.normal(size=(columns, columns)) + 3
truth = generator.normal(size=(classes, columns))
labels = np.argmax(features @ truth.T + generator.gumbel(size=(count, classes)) * 4, axis=1)
assert set(labels) == set(range(classes))

arrays = {"X": features, "y": labels.astype(np.int64), "ridges": np.array([1.0, 0.03, 0.001])}
for index, ridge in enumerate(arrays["ridges"]):
    model = LogisticRegression(C=1 / (count * ridge), solver="newton-cg", tol=1e-13, max_iter=100000)
    model.fit(features, labels)
    log_probabilities = model.predict_log_proba(features)
    loss = -log_probabilities[np.arange(count), labels].mean()
    arrays[f"objective_{index}"] = np.array([loss + ridge / 2 * (model.coef_**2).sum()])
    arrays[f"coef_{index}"] = model.coef_ - model.coef_.mean(axis=0)
    arrays[f"intercept_{index}"] = model.intercept_ - model.intercept_.mean()
    arrays[f"log_probabilities_{index}"] = log_probabilities

constant = np.hstack([features[:20], np.full((20, 1), 0.1)])
arrays["standardized"] = StandardScaler().fit_transform(constant)
arrays["unstandardized"] = constant
np.savez_compressed("logistic.npz", **arrays)
