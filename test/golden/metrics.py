"""metrics.json: metrics by their definitions, over pairs and counts of rows, in exact fractions or with 50 digits."""

from fractions import Fraction
from random import Random

from mpmath import exp, log, mp, mpf, sqrt
from write_json import write

mp.dps = 50
random = Random(21)


def exact(x):
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


def ratio(a, b):
    return Fraction(a) / b if b else Fraction(0)


def mean(values, weights):
    return sum(w * v for w, v in zip(weights, values)) / sum(weights)


def first_largest(row):
    return row.index(max(row))


# Classes


def found_and_wanted(case):
    least = 0 if case["meaning"] == "logit" else Fraction(1, 2)
    rows = case["prediction"]
    found = [first_largest(p) if len(p) > 1 else int(p[0] > least) for p in rows]
    wanted = [first_largest(t) if len(t) > 1 else int(t[0]) for t in case["target"]]
    return found, wanted


def count(case, test):
    found, wanted = found_and_wanted(case)
    return sum(w for w, f, t in zip(case["weight"], found, wanted) if test(f, t))


def of_class(case, c, beta):
    both = count(case, lambda f, t: f == t == c)
    found = count(case, lambda f, t: f == c)
    wanted = count(case, lambda f, t: t == c)
    b = Fraction(beta) ** 2
    return {
        "precision": ratio(both, found),
        "recall": ratio(both, wanted),
        "f1": ratio(2 * both, 2 * both + (found - both) + (wanted - both)),
        "fBeta": ratio((1 + b) * both, (1 + b) * both + b * (wanted - both) + (found - both)),
    }


def averages(case, beta):
    k = len(case["prediction"][0])
    if k == 1:
        return of_class(case, 1, beta)
    scores = [of_class(case, c, beta) for c in range(k)]
    shares = [count(case, lambda f, t: t == c) for c in range(k)]
    occurs = [int(count(case, lambda f, t: c in (f, t)) > 0) for c in range(k)]
    share = count(case, lambda f, t: f == t) / count(case, lambda f, t: True)
    out = {}
    for name in scores[0]:
        values = [score[name] for score in scores]
        out[f"{name} macro"] = mean(values, occurs)
        out[f"{name} weighted"] = mean(values, shares)
        out[f"{name} micro"] = share  # each row has one class, and is found to be of one
    return out


def matthews(case):
    """The correlation of one-hot rows: covariances summed over the classes."""
    found, wanted = found_and_wanted(case)
    w = case["weight"]

    def covariance(a, b):
        total = Fraction(0)
        for c in range(max(2, len(case["prediction"][0]))):
            x, y = [[Fraction(int(i == c)) for i in side] for side in (a, b)]
            mx, my = mean(x, w), mean(y, w)
            total += mean([(p - mx) * (q - my) for p, q in zip(x, y)], w)
        return total

    spread = covariance(found, found) * covariance(wanted, wanted)
    return exact(covariance(found, wanted)) / sqrt(exact(spread)) if spread else 0


def confusion(case):
    k = max(2, len(case["prediction"][0]))
    return [[float(count(case, lambda f, t: (t, f) == (i, j))) for j in range(k)] for i in range(k)]


def top(case, k):
    _, wanted = found_and_wanted(case)
    order = [sorted(range(len(p)), key=lambda c: (-p[c], c)) for p in case["prediction"]]
    return mean([Fraction(int(t in o[:k])) for t, o in zip(wanted, order)], case["weight"])


def log_loss(case):
    losses = []
    _, wanted = found_and_wanted(case)
    for p, t in zip(case["prediction"], wanted):
        p = [exact(x) for x in p]
        if len(p) == 1:
            p = [1 / (1 + exp(-p[0]))] if case["meaning"] == "logit" else p
            p = [1 - p[0], p[0]]
        elif case["meaning"] == "logit":
            p = [exp(x) / sum(map(exp, p)) for x in p]
        losses.append(-max(log(p[t]), mpf(-100)) if p[t] > 0 else mpf(100))
    return mean(losses, [exact(w) for w in case["weight"]])


# Ranks


def roc_auc(scores, labels, weights):
    """Over all pairs of a yes and a no."""
    rows = list(zip(scores, labels, weights))
    pairs = [(a, b, v * w) for a, s, v in rows if s for b, t, w in rows if not t]
    wins = sum(w * (1 if a > b else Fraction(1, 2) if a == b else 0) for a, b, w in pairs)
    return wins / sum(w for *_, w in pairs)


def average_precision(scores, labels, weights):
    """The precision at the score of each yes, meaned over these."""
    rows = list(zip(scores, labels, weights))

    def precision(least):
        return sum(w for s, t, w in rows if t and s >= least) / sum(w for s, _, w in rows if s >= least)

    yes = [(s, w) for s, t, w in rows if t and w]
    return mean([precision(s) for s, _ in yes], [w for _, w in yes])


def columns(case):
    k = len(case["prediction"][0])
    _, wanted = found_and_wanted(case)
    for c in range(k):
        scores = [p[c] for p in case["prediction"]]
        if case["meaning"] == "logit" and k > 1:
            scores = [exp(exact(p[c])) / sum(exp(exact(x)) for x in p) for p in case["prediction"]]
        labels = [t == c if k > 1 else t == 1 for t in wanted]
        yield scores, labels, case["weight"]


def macro(case, area):
    areas = [area(*column) for column in columns(case)]
    return sum(areas) / len(areas)


# Numbers


def of_columns(case):
    return list(zip(zip(*case["prediction"]), zip(*case["target"])))


def meaned(case, error):
    rows = [mean([error(*pair) for pair in zip(p, t)], [1] * len(p)) for p, t in zip(case["prediction"], case["target"])]
    return mean(rows, case["weight"])


def r_squared(p, t, w):
    middle = mean(t, w)
    return 1 - mean([(x - y) ** 2 for x, y in zip(p, t)], w) / mean([(y - middle) ** 2 for y in t], w)


def correlation(p, t, w):
    a, b = mean(p, w), mean(t, w)
    c = mean([(x - a) * (y - b) for x, y in zip(p, t)], w)
    spread = mean([(x - a) ** 2 for x in p], w) * mean([(y - b) ** 2 for y in t], w)
    return exact(c) / sqrt(exact(spread))


def cosine(p, t):
    dot, pp, tt = [sum(x * y for x, y in zip(a, b)) for a, b in ((p, t), (p, p), (t, t))]
    return exact(dot) / sqrt(exact(pp * tt)) if pp and tt else mpf(0)


# Cases


def rows(n, k, number):
    return [[number() for _ in range(k)] for _ in range(n)]


def weights(n, kind):
    choices = {"none": [1], "whole": [0, 1, 1, 2, 3], "any": [0, 0.125, 0.7, 1.9, 31.5]}
    return [random.choice(choices[kind]) for _ in range(n)]


def fractions(case):
    """The same numbers, exactly."""
    out = {side: [[Fraction(x) for x in row] for row in case[side]] for side in ("prediction", "target")}
    return {**case, **out, "weight": [Fraction(w) for w in case["weight"]]}


def classes(name, prediction, target, weight, meaning):
    case = {"name": name, "meaning": meaning, "prediction": prediction, "target": target, "weight": weight}
    f = fractions(case)
    k = len(prediction[0])
    values = {
        **averages(f, 2),
        "matthews": matthews(f),
        "logLoss": log_loss(f),
        "rocAuc": macro(f, roc_auc),
        "prAuc": macro(f, average_precision),
        **({"topK": top(f, 2)} if k > 1 else {}),
    }
    return {**case, "confusion": confusion(f), "values": {key: float(exact(v)) for key, v in values.items()}}


def numbers(name, prediction, target, weight):
    case = {"name": name, "prediction": prediction, "target": target, "weight": weight}
    f = fractions(case)
    w = f["weight"]
    each = of_columns(f)
    values = {
        "mae": meaned(f, lambda p, t: abs(p - t)),
        "mse": meaned(f, lambda p, t: (p - t) ** 2),
        "rmse": sqrt(exact(meaned(f, lambda p, t: (p - t) ** 2))),
        "mape": meaned(f, lambda p, t: abs(p - t) / max(abs(t), Fraction(1, 2**52))),
        "r2": sum(r_squared(p, t, w) for p, t in each) / len(each),
        "pearson": sum(correlation(p, t, w) for p, t in each) / len(each),
        "cosineProximity": mean(
            [cosine(p, t) for p, t in zip(f["prediction"], f["target"])], [exact(x) for x in w]
        ),
    }
    return {**case, "values": {key: float(exact(v)) for key, v in values.items()}}


def shares(k, grain):
    """Probabilities in multiples of 1/grain, so that many are alike."""
    cuts = sorted(random.randrange(grain + 1) for _ in range(k - 1))
    return [(b - a) / grain for a, b in zip([0, *cuts], [*cuts, grain])]


def one_hot(indices, k):
    return [[int(i == c) for c in range(k)] for i in indices]


yes_no = lambda n: [[random.randrange(2)] for _ in range(n)]
index = lambda n, k: [[random.randrange(k)] for _ in range(n)]
grid = lambda: random.randrange(9) / 8
normal = lambda: random.gauss(0, 2)

CLASSES = [
    classes("binary, ties", rows(24, 1, grid), yes_no(24), weights(24, "none"), "probability"),
    classes("binary, weights", rows(24, 1, grid), yes_no(24), weights(24, "whole"), "probability"),
    classes("binary, any weights", rows(24, 1, random.random), yes_no(24), weights(24, "any"), "probability"),
    classes("binary logits", rows(24, 1, normal), yes_no(24), weights(24, "none"), "logit"),
    classes("classes, ties", [shares(4, 8) for _ in range(30)], index(30, 4), weights(30, "whole"), "probability"),
    classes("one-hot", [shares(3, 64) for _ in range(30)], one_hot([i % 3 for i in range(30)], 3), weights(30, "any"), "probability"),
    classes("logits of classes", rows(30, 4, normal), index(30, 4), weights(30, "any"), "logit"),
]
NUMBERS = [
    numbers("one column", rows(20, 1, normal), rows(20, 1, normal), weights(20, "none")),
    numbers("three columns", rows(20, 3, normal), rows(20, 3, normal), weights(20, "whole")),
    numbers("any weights", rows(20, 2, normal), rows(20, 2, normal), weights(20, "any")),
    numbers("far from 0", rows(20, 2, lambda: 1e8 + normal()), rows(20, 2, lambda: 1e8 + normal()), weights(20, "any")),
    numbers("far and near", [[1e8 + i / 64 + random.random() / 512] for i in range(20)], [[1e8 + i / 64] for i in range(20)], weights(20, "none")),
]

write("metrics.json", {"meta": {"k": 2, "beta": 2}, "classes": CLASSES, "numbers": NUMBERS})
