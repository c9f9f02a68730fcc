"""Makes sparse.npz: optima with L1, elastic net and group L1 penalties, and the classifiers of the scattering literature.

Made with Python 3.11.7, numpy 2.2.6, scipy 1.14.1, scikit-learn 1.9.1. Run in this folder: python make_sparse.py

Optima that scikit-learn finds (Lasso, ElasticNet, LogisticRegression with saga) are stored as they are. For what it lacks (Poisson,
group L1) and as a second opinion a plain proximal gradient method with backtracking, below, runs until a step moves nothing.
"""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, RidgeClassifier, RidgeClassifierCV

generator = np.random.default_rng(20261122)
count, columns, classes = 90, 12, 3
X = generator.normal(size=(count, columns)) @ (np.eye(columns) + 0.3 * generator.normal(size=(columns, columns)))
truth = np.where(np.arange(columns) < 5, generator.normal(size=columns), 0) * 0.6
eta = X @ truth + 0.3
numbers = eta + 0.7 * generator.normal(size=count)
bits = (generator.uniform(size=count) < 1 / (1 + np.exp(-eta))).astype(float)
counts = generator.poisson(np.exp(0.4 * eta)).astype(float)
labels = np.argmax(X @ generator.normal(size=(columns, classes)) * 0.5 + generator.gumbel(size=(count, classes)), axis=1)
groups = [[0, 1, 2], [3, 4], [5], [6, 7, 8, 9], [10, 11]]
arrays = {"X": X, "numbers": numbers, "bits": bits, "counts": counts, "labels": labels, "truth": truth}


def smooth(family, W, b):
    """Half the mean deviance up to a constant, and its gradients; W is [K, D]."""
    scores = X @ W.T + b
    if family == "gaussian":
        residual = scores[:, 0] - numbers
        value, slope = 0.5 * np.mean(residual**2), residual[:, None]
    elif family == "binomial":
        value = np.mean(np.logaddexp(0, scores[:, 0]) - bits * scores[:, 0])
        slope = (1 / (1 + np.exp(-scores[:, 0])) - bits)[:, None]
    elif family == "poisson":
        saturated = np.where(counts > 0, counts * np.log(np.maximum(counts, 1)) - counts, 0)
        value = np.mean(np.exp(scores[:, 0]) - counts * scores[:, 0] + saturated)
        slope = (np.exp(scores[:, 0]) - counts)[:, None]
    else:
        scores = scores - scores.max(axis=1, keepdims=True)
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        value, slope = -np.mean(np.log(p[np.arange(count), labels])), p - np.eye(classes)[labels]
    return value, slope.T @ X / count, slope.mean(axis=0)


def penalty(kind, strength, W):
    if kind == "group":
        return strength * sum(np.sqrt(len(g)) * np.linalg.norm(W[:, g]) for g in groups)
    mixing = 1.0 if kind == "lasso" else 0.4
    return strength * (mixing * np.abs(W).sum() + (1 - mixing) / 2 * (W**2).sum())


def proximal(kind, strength, W):
    if kind == "group":
        W = W.copy()
        for g in groups:
            norm, limit = np.linalg.norm(W[:, g]), strength * np.sqrt(len(g))
            W[:, g] *= max(0, 1 - limit / norm) if norm > 0 else 0
        return W
    mixing = 1.0 if kind == "lasso" else 0.4
    return np.sign(W) * np.maximum(np.abs(W) - strength * mixing, 0) / (1 + strength * (1 - mixing))


def minimum(family, kind, strength):
    """FISTA with restart and backtracking."""
    K = classes if family == "multinomial" else 1
    W, b = np.zeros((K, columns)), np.zeros(K)
    V, c, t, L = W, b, 1.0, 1.0
    value = np.inf
    for _ in range(400000):
        f, gW, gb = smooth(family, V, c)
        while True:
            nW, nb = proximal(kind, strength / L, V - gW / L), c - gb / L
            d, e = nW - V, nb - c
            if smooth(family, nW, nb)[0] <= f + (gW * d).sum() + gb @ e + L / 2 * ((d**2).sum() + e @ e) + 1e-15:
                break
            L *= 1.5
        new = smooth(family, nW, nb)[0] + penalty(kind, strength, nW)
        if new > value:
            V, c, t = W, b, 1.0
            value = np.inf
            continue
        moved = max(np.abs(nW - W).max(), np.abs(nb - b).max())
        s = (1 + np.sqrt(1 + 4 * t * t)) / 2
        V, c = nW + (t - 1) / s * (nW - W), nb + (t - 1) / s * (nb - b)
        W, b, t, value = nW, nb, s, new
        if moved < 1e-13:
            break
    return value, W, b


cases = [
    (family, kind, strength)
    for family, strengths in [("gaussian", (0.02, 0.2)), ("binomial", (0.005, 0.05)), ("poisson", (0.02, 0.2)),
                              ("multinomial", (0.004, 0.08))]
    for kind in ("lasso", "net", "group")
    for strength in strengths
]
for family, kind, strength in cases:
    value, W, b = minimum(family, kind, strength)
    name = f"{family}-{kind}-{strength}"
    arrays[f"{name}.objective"] = np.array([value])
    arrays[f"{name}.weights"] = W
    arrays[f"{name}.intercepts"] = b - (b.mean() if family == "multinomial" else 0)
    print(name, value, int((W != 0).sum()), "of", W.size)
    if kind == "group" or family == "poisson":
        continue
    mixing = 1.0 if kind == "lasso" else 0.4
    if family == "gaussian":
        model = ElasticNet(alpha=strength, l1_ratio=mixing, tol=1e-14, max_iter=1000000).fit(X, numbers)
        W2, b2 = model.coef_[None], np.array([model.intercept_])
    else:
        y = bits if family == "binomial" else labels
        model = LogisticRegression(
            C=1 / (count * strength), l1_ratio=mixing, solver="saga", tol=1e-13, max_iter=1000000).fit(X, y)
        W2, b2 = model.coef_, model.intercept_
    theirs = smooth(family, W2, b2)[0] + penalty(kind, strength, W2)
    arrays[f"{name}.sklearn"] = np.array([theirs])
    print("   scikit-learn", theirs - value)

# Classifiers: what they score on rows of their own.
new = generator.normal(size=(40, columns)) * 1.5
arrays["new"] = new
for index, alpha in enumerate([1e-3, 1.0, 100.0]):
    model = RidgeClassifier(alpha=alpha).fit(X, labels)
    arrays[f"ridge-{index}.weights"], arrays[f"ridge-{index}.intercepts"] = model.coef_, model.intercept_
    arrays[f"ridge-{index}.classes"] = model.predict(new)
alphas = np.array([1e-3, 1e-1, 1.0, 10.0, 100.0])
model = RidgeClassifierCV(alphas=alphas, store_cv_results=True).fit(X, labels)
arrays["ridge.alphas"], arrays["ridge.best"] = alphas, np.array([model.alpha_])
arrays["ridge.leave-one-out"] = model.cv_results_.mean(axis=(0, 1))
wide = generator.normal(size=(14, 30))
wide_labels = np.arange(14) % 3
model = RidgeClassifier(alpha=0.5).fit(wide, wide_labels)
arrays.update({"wide": wide, "wide.labels": wide_labels, "wide.weights": model.coef_, "wide.intercepts": model.intercept_})
for dimension in [0, 1, 3, 7]:
    distances = []
    for label in range(classes):
        own = X[labels == label]
        if dimension == 0:
            distances.append(((new - own.mean(axis=0)) ** 2).sum(axis=1))
            continue
        pca = PCA(dimension, svd_solver="full").fit(own)
        distances.append(((new - pca.inverse_transform(pca.transform(new))) ** 2).sum(axis=1))
    arrays[f"affine-{dimension}"] = np.array(distances).T
np.savez_compressed("sparse.npz", **arrays)
