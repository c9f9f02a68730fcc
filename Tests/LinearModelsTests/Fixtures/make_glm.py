"""Makes glm.npz: what statsmodels finds for generalized linear models without a penalty.

Made with Python 3.11.7, numpy 2.2.6, scipy 1.14.1, statsmodels (version in the file). Run in this folder: python make_glm.py
"""

import numpy as np
import statsmodels.api as sm
from statsmodels.genmod.families import Binomial, Gaussian, Poisson, links

generator = np.random.default_rng(20261121)
count, columns = 140, 4
X = generator.normal(size=(count, columns)) * [1, 2, 0.5, 1] + [0, 1, -1, 0.5]
offset = generator.normal(size=count) * 0.2
frequencies = generator.integers(1, 4, size=count).astype(float)
precisions = generator.uniform(0.3, 2.5, size=count)
eta = X @ [0.5, -0.3, 0.8, 0.2] + 0.4
bounded = -1.6 + 0.5 * np.tanh(eta)
responses = {
    "gaussian-identity": eta + generator.normal(size=count),
    "gaussian-log": np.exp(0.3 * eta) + 0.2 * generator.normal(size=count),
    "binomial-logit": (generator.uniform(size=count) < 1 / (1 + np.exp(-eta))).astype(float),
    "binomial-probit": (generator.normal(size=count) < eta).astype(float),
    "binomial-cloglog": (generator.uniform(size=count) < 1 - np.exp(-np.exp(0.5 * eta))).astype(float),
    "binomial-log": (generator.uniform(size=count) < np.exp(bounded)).astype(float),
    "poisson-log": generator.poisson(np.exp(0.5 * eta)).astype(float),
    "poisson-identity": generator.poisson(6 + np.tanh(eta)).astype(float),
}
families = {"gaussian": Gaussian, "binomial": Binomial, "poisson": Poisson}
functions = {
    "identity": links.Identity, "log": links.Log, "logit": links.Logit, "probit": links.Probit, "cloglog": links.CLogLog,
}
arrays = {"X": X, "offset": offset, "frequencies": frequencies, "precisions": precisions}
design = np.column_stack([X, np.ones(count)])


def keep(name, y, family, **options):
    """Fits and keeps the coefficients (intercept last) and the report."""
    start = None
    if "-identity" in name and "poisson" in name:
        start = np.array([0, 0, 0, 0, y.mean()])
    if "binomial-log" in name and "logit" not in name:
        start = np.array([0, 0, 0, 0, np.log(y.mean()) - 0.7])
    model = sm.GLM(y, design, family=family, **options)
    fit = model.fit(tol=1e-14, maxiter=2000, start_params=start, use_t="gaussian" in name)
    score = np.abs(fit.model.score(fit.params)).max()
    assert score < 1e-6 * count, (name, score)
    n = fit.model.wnobs
    likelihood = fit.llf_scaled(scale=fit.deviance / n) if "gaussian" in name else fit.llf
    arrays[f"{name}.y"] = y
    arrays[f"{name}.coefficients"] = fit.params
    arrays[f"{name}.errors"] = fit.bse
    arrays[f"{name}.p"] = np.asarray(fit.pvalues)
    arrays[f"{name}.intervals"] = fit.conf_int()
    arrays[f"{name}.report"] = np.array([
        fit.deviance, fit.null_deviance, likelihood, -2 * likelihood + 2 * 5, -2 * likelihood + np.log(n) * 5, fit.scale])
    if likelihood == fit.llf:
        assert np.isclose(fit.aic, -2 * likelihood + 10) and np.isclose(fit.bic_llf, -2 * likelihood + np.log(n) * 5)


for name, y in responses.items():
    family, link = name.split("-")
    keep(name, y, families[family](functions[link]()))
for name in ["gaussian-identity", "binomial-logit", "binomial-probit", "poisson-log"]:
    family, link = name.split("-")
    make = lambda: families[family](functions[link]())
    keep(name + "-offset", responses[name], make(), offset=offset)
    keep(name + "-frequency", responses[name], make(), freq_weights=frequencies)
    keep(name + "-precision", responses[name], make(), var_weights=precisions)

# The multinomial model, relative to class 0 as MNLogit has it: parameters [D + 1, K - 1].
scores = X @ generator.normal(size=(columns, 4)) * 0.6
labels = np.argmax(scores + generator.gumbel(size=(count, 4)), axis=1)
fit = sm.MNLogit(labels, design).fit(method="newton", tol=1e-14, maxiter=200, disp=0)
arrays["multinomial.y"] = labels
arrays["multinomial.coefficients"] = fit.params.T
arrays["multinomial.errors"] = fit.bse.T
arrays["multinomial.report"] = np.array([-2 * fit.llf, -2 * fit.llnull, fit.llf, fit.aic, fit.bic, 1])

print("statsmodels", sm.__version__ if hasattr(sm, "__version__") else __import__("statsmodels").__version__)
np.savez_compressed("glm.npz", **arrays)
