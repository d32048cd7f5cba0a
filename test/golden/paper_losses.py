"""paper_losses.json: losses that PyTorch lacks, from their papers, in mpmath; gradients by differences in many digits.

Arguments are multiples of 1/64, exact in both widths; results are rounded once to each. `extremes` holds losses on logits.
"""

import random

import mpmath
from mpmath import mp, mpf

from rounding import nearest
from true_activations import sigmoid
from true_losses import softplus
from write_json import write

mp.dps = 80
ROWS = 6
WEIGHTS = [0.5, 2.0, 1.0, 0.0, 3.25, 1.5]


def mean(values):
    values = list(values)
    return mp.fsum(values) / len(values)


def by_number(f):
    """The mean of f(p, t, options) over columns."""
    return lambda p, t, o: mean(f(a, b, o) for a, b in zip(p, t))


def percentage(p, t, _):
    return 100 * abs(p - t) / max(abs(t), mpf(10) ** -7)


def squared_logarithmic(p, t, _):
    return (mp.log1p(max(p, 0)) - mp.log1p(t)) ** 2


def pinball(p, t, o):
    q = mpf(o.get("quantile", 0.5))
    return max(q * (t - p), (q - 1) * (t - p))


def binary_focal(p, t, o):
    """Lin et al. 2017, (5): −α_t·(1 − p_t)^γ·ln p_t, the two sides mixed by t. On logits, 1 − σ(z) = σ(−z)."""
    gamma = mpf(o.get("gamma", 2))
    yes, no = (mpf(o["alpha"]), 1 - mpf(o["alpha"])) if "alpha" in o else (1, 1)
    if o.get("fromLogits"):
        up, down, log_up, log_down = sigmoid(p), sigmoid(-p), -softplus(-p), -softplus(p)
    else:
        up, down, log_up, log_down = p, 1 - p, mp.log(p), mp.log1p(-p)
    return -t * yes * down**gamma * log_up - (1 - t) * no * up**gamma * log_down


def shares_of(t, k):
    return [mpf(1 if c == int(t[0]) else 0) for c in range(k)] if len(t) == 1 else t


def categorical_focal(p, t, o):
    gamma = mpf(o.get("gamma", 2))
    t = shares_of(t, len(p))
    if not o.get("fromLogits"):
        return -mp.fsum(b * (1 - a) ** gamma * mp.log(a) for a, b in zip(p, t))
    loss = mpf(0)
    for c, b in enumerate(t):
        # −ln p = ln(1 + odds of the others), 1 − p = odds / (1 + odds)
        odds = mp.fsum(mp.exp(z - p[c]) for i, z in enumerate(p) if i != c)
        loss += b * (odds / (1 + odds)) ** gamma * mp.log1p(odds)
    return loss


def categorical_hinge(p, t, _):
    t = shares_of(t, len(p))
    return max(mpf(0), 1 + max((1 - b) * a for a, b in zip(p, t)) - mp.fdot(p, t))


def multi_margin(p, t, o):
    """Also with shares as targets, which PyTorch's does not take."""
    m, e, t = mpf(o.get("margin", 1)), o.get("p", 1), shares_of(t, len(p))
    one = lambda y: mp.fsum(max(mpf(0), m - p[y] + a) ** e for c, a in enumerate(p) if c != y) / len(p)
    return mp.fsum(b * one(y) for y, b in enumerate(t))


def cosine(p, t, o):
    epsilon = mpf(o.get("epsilon", 1e-8))
    length = lambda x: max(mp.sqrt(mp.fdot(x, x)), epsilon)
    return 1 - mp.fdot(p, t) / (length(p) * length(t))


def tversky(p, t, o):
    alpha, beta, smooth = (mpf(o.get(name, usual)) for name, usual in (("alpha", 0.5), ("beta", 0.5), ("smooth", 1)))
    hits = mp.fdot(p, t)
    false_positive, false_negative = mp.fsum(p) - hits, mp.fsum(t) - hits
    return 1 - (hits + smooth) / (hits + alpha * false_positive + beta * false_negative + smooth)


def dice(p, t, o):
    smooth = mpf(o.get("smooth", 1))
    return 1 - (2 * mp.fdot(p, t) + smooth) / (mp.fsum(p) + mp.fsum(t) + smooth)


# name → (prediction, target, options) → the loss of one row
LOSSES = {
    "meanAbsolutePercentageError": by_number(percentage),
    "meanSquaredLogarithmicError": by_number(squared_logarithmic),
    "logCosh": by_number(lambda p, t, _: mp.log(mp.cosh(p - t))),
    "quantile": by_number(pinball),
    "binaryFocalCrossEntropy": by_number(binary_focal),
    "categoricalFocalCrossEntropy": categorical_focal,
    "hinge": by_number(lambda p, t, _: max(mpf(0), 1 - t * p)),
    "squaredHinge": by_number(lambda p, t, _: max(mpf(0), 1 - t * p) ** 2),
    "categoricalHinge": categorical_hinge,
    "multiMargin": multi_margin,
    "cosineSimilarity": cosine,
    "dice": dice,
    "tversky": tversky,
}


def grid(low, high):
    """Odd or even multiples of 1/64, so that a prediction never meets its target, a kink."""
    return lambda r, cols, odd: [(2 * r.randrange(low * 32, high * 32) + odd) / 64 for _ in range(cols)]


real, positive = grid(-3, 3), grid(0, 5)
share = lambda r, cols, odd: [(2 * r.randrange(1, 31) + odd) / 64 for _ in range(cols)]
bits = lambda r, cols, _: [float(r.randrange(2)) for _ in range(cols)]
signs = lambda r, cols, _: [2.0 * r.randrange(2) - 1 for _ in range(cols)]
index = lambda r, cols, _: [float(r.randrange(cols))]
# Scores in ninths of a step are never tied, nor a margin apart.
score = lambda r, cols, _: [(r.randrange(-3, 3) * 64 + 7 * c + 3) / 64 for c in range(cols)]


def one_hot(r, cols, _):
    hit = r.randrange(cols)
    return [float(c == hit) for c in range(cols)]


def plans():
    """(name, options, columns, prediction, target)"""
    for cols in (4, 1):
        yield "meanAbsolutePercentageError", {}, cols, real, real
        yield "meanSquaredLogarithmicError", {}, cols, positive, positive
        yield "logCosh", {}, cols, real, real
        for options in ({}, {"quantile": 0.9}):
            yield "quantile", options, cols, real, real
        yield "hinge", {}, cols, score, signs
        yield "squaredHinge", {}, cols, score, signs
    yield "meanSquaredLogarithmicError", {}, 4, lambda r, cols, _: real(r, cols, 1), positive
    for options in ({}, {"gamma": 0.5}, {"gamma": 0, "alpha": 0.25}, {"gamma": 3.5, "alpha": 0.75}):
        for target in (bits, share):
            yield "binaryFocalCrossEntropy", options, 4, share, target
            yield "binaryFocalCrossEntropy", {**options, "fromLogits": True}, 4, real, target
    for options in ({}, {"gamma": 0.5}, {"gamma": 0}):
        for target in (index, one_hot, share):
            yield "categoricalFocalCrossEntropy", options, 5, share, target
            yield "categoricalFocalCrossEntropy", {**options, "fromLogits": True}, 5, real, target
    for target in (index, one_hot, share):
        yield "categoricalHinge", {}, 5, score, target
        for options in ({}, {"p": 2, "margin": 0.5}):
            yield "multiMargin", options, 5, score, target
    yield "cosineSimilarity", {"epsilon": 0.5}, 1, share, share
    yield "cosineSimilarity", {"epsilon": 2}, 3, real, real
    for target in (bits, share):
        for options in ({}, {"smooth": 0.25}):
            yield "dice", options, 5, share, target
        for options in ({}, {"alpha": 0.3, "beta": 0.7}, {"alpha": 1, "beta": 0, "smooth": 0.5}):
            yield "tversky", options, 5, share, target


def slopes(f, p):
    moved = lambda i, by: f([v + by if j == i else v for j, v in enumerate(p)])
    step = mpf(10) ** -(mp.dps * 45 // 100)
    return [(moved(i, step) - moved(i, -step)) / (2 * step) for i in range(len(p))]


def exact(name, options, rows):
    """(loss, gradient) of each (prediction, target)."""
    found = []
    for p, t in rows:
        f = lambda q: LOSSES[name](q, [mpf(v) for v in t], options)
        p = [mpf(v) for v in p]
        found.append((f(p), slopes(f, p)))
    return found


def cases():
    for number, (name, options, cols, make_prediction, make_target) in enumerate(plans()):
        r = random.Random(f"chainrule/paper losses {number}")
        rows = [(make_prediction(r, cols, 0), make_target(r, cols, 1)) for _ in range(ROWS)]
        found = exact(name, options, rows)
        for weight in (None, WEIGHTS):
            w = weight or [1.0] * ROWS
            total = mp.fdot(w, [loss for loss, _ in found])
            for dtype in ("float64", "float32"):
                width = len(rows[0][1])
                yield {
                    "name": name, "options": options, "dtype": dtype, "rows": ROWS, "cols": cols,
                    "prediction": [v for p, _ in rows for v in p],
                    "target": {"rows": ROWS, "cols": width, "data": [v for _, t in rows for v in t]},
                    "weight": weight, "sum": nearest(total, dtype), "weightTotal": sum(w),
                    "mean": nearest(total / sum(w), dtype),
                    "gradient": [nearest(a * v, dtype) for a, (_, row) in zip(w, found) for v in row],
                }


LOGITS = [0.0] + [s * z for z in (2.0**-60, 1.0, 30.0, 100.0, 1000.0) for s in (1, -1)]
CLASS_LOGITS = [
    [1000, -1000, 0], [-1000, 1000, 1000], [1000, 1000, 1000], [0, 0, 0], [0, -40, -50], [100, 0, 0], [-30, 30, 0],
]


def extremes():
    """Sums and gradients by row; float32 rounds the same numbers."""
    single = [([z], [t]) for z in LOGITS for t in (0.0, 1.0)]
    indices = [(z, [float(k)]) for z in CLASS_LOGITS for k in range(3)]
    for gamma in (0, 0.5, 2):
        options = {"gamma": gamma, "fromLogits": True}
        for name, rows in (("binaryFocalCrossEntropy", single), ("categoricalFocalCrossEntropy", indices)):
            found = exact(name, options, rows)
            yield {
                "name": name, "options": options, "prediction": [p for p, _ in rows], "target": [t for _, t in rows],
                "sum": [nearest(loss) for loss, _ in found],
                "gradient": [[nearest(v) for v in row] for _, row in found],
            }
    # Far from the target, and near it.
    rows = [([p], [t]) for t in (0.0, 1.0) for p in (2.0**-30, 0.5, 3.0, 400.0, 1e6, 1e300)]
    for name in ("logCosh", "meanAbsolutePercentageError", "meanSquaredLogarithmicError"):
        found = exact_far(name, rows)
        yield {
            "name": name, "options": {}, "prediction": [p for p, _ in rows], "target": [t for _, t in rows],
            "sum": [nearest(loss) for loss, _ in found], "gradient": [[nearest(v) for v in row] for _, row in found],
        }


def exact_far(name, rows):
    """cosh is written so that it stays finite."""
    if name == "logCosh":
        f = lambda e: abs(e) - mp.log(2) + mp.log1p(mp.exp(-2 * abs(e)))
        return [(f(mpf(p) - mpf(t)), [mp.tanh(mpf(p) - mpf(t))]) for (p,), (t,) in rows]
    return exact(name, {}, rows)


def main():
    content = {"meta": {"mpmath": mpmath.__version__, "digits": mp.dps}}
    usual = list(cases())
    with mp.workdps(2000):  # e⁻²⁰⁰⁰ beside 2000
        write("paper_losses.json", {**content, "cases": usual, "extremes": list(extremes())})


if __name__ == "__main__":
    main()
