"""Multinomial logistic regression with ridge: inputs `features`, `labels` and `ridge`, results `weights`, `intercepts`."""

from sklearn.linear_model import LogisticRegression

from candidate import Candidate


def candidates(inputs):
    features, labels = inputs["features"], inputs["labels"]
    strength = 1 / (len(labels) * float(inputs["ridge"][0]))
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=1000)

    def run():
        return model.fit(features, labels)

    def result():
        run()
        return {"weights": model.coef_, "intercepts": model.intercept_}

    return {"scikit-learn lbfgs": Candidate(run, result)}
