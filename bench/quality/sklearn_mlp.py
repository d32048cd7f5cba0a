"""scikit-learn's MLPClassifier and MLPRegressor on given folds: a job as JSON on stdin, a score a fold on stdout."""
import json
import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import accuracy_score, r2_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

job = json.load(sys.stdin)
settings = job["settings"]
# It warns that all epochs were used, which is what was asked for.
warnings.simplefilter("ignore", ConvergenceWarning)

options = dict(
    hidden_layer_sizes=(settings["units"],),
    activation="relu",
    solver="adam",
    alpha=settings["alpha"],
    batch_size=settings["batchSize"],
    learning_rate_init=settings["learningRate"],
    max_iter=settings["epochs"],
    early_stopping=False,
    # Else it ends when the training loss stands still for ten epochs.
    tol=0,
    n_iter_no_change=settings["epochs"] + 1,
)


def standardized(train, test):
    scaler = StandardScaler().fit(train)
    return [scaler.transform(part).astype(np.float32) for part in (train, test)]


def score(data, test, seed, is_number):
    train = np.setdiff1d(np.arange(len(data)), test)
    x_train, x_test = standardized(data[train, :-1], data[test, :-1])
    if is_number:
        y_train, y_test = [y.ravel() for y in standardized(data[train, -1:], data[test, -1:])]
        model = MLPRegressor(random_state=seed, **options).fit(x_train, y_train)
        measured = r2_score(y_test, model.predict(x_test))
    else:
        y = data[:, -1].astype(int)
        model = MLPClassifier(random_state=seed, **options).fit(x_train, y[train])
        measured = accuracy_score(y[test], model.predict(x_test))
    assert model.n_iter_ == settings["epochs"]
    return float(measured)


data = np.loadtxt(job["path"], delimiter=",", skiprows=1)
is_number = job["classes"] == 0
print(json.dumps([score(data, test, seed, is_number) for seed, test in enumerate(job["folds"])]))
