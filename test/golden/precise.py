"""precise.json: activations and fused losses at extreme arguments, correctly rounded from high-precision arithmetic.

For each width, "float64" and "float32": the arguments are exact in it, the results are rounded to it once.
"""

import random

import mpmath
from mpmath import mp, mpf

from rounding import nearest
from true_activations import ACTIVATIONS, CASES, softmax, softmax_backward
from true_losses import binary_row, softmax_row
from write_json import write

# p − 1 for p = 1 − e⁻²⁰⁰⁰ must keep its digits (and its sign, when it underflows to −0).
mp.dps = 900

MAGNITUDES = [
    1e-300, 1e-30, 1e-20, 1e-12, 1e-8, 1e-7, 1e-5, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8,
    0.9, 1.0, 1.25, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 15.0, 17.0,
    18.5, 20.0, 22.0, 25.0, 30.0, 35.0, 37.5, 38.0, 38.5, 40.0, 50.0, 80.0, 87.0, 88.5, 89.0, 100.0, 103.0, 104.0, 200.0,
    500.0, 700.0, 708.0, 709.5, 710.0, 745.0, 746.0, 1000.0,
]
# A subnormal float32, and the float32 borders of the tails: Φ(x) and e^x become subnormal, then zero.
MAGNITUDES_32 = [1e-40, 12.9, 13.0, 13.5, 14.0, 14.2, 14.5, 87.3, 87.4, 103.9]
KINKED = {"ReLU", "LeakyReLU"}  # no derivative at 0


def arguments(kind, options, dtype):
    magnitudes = MAGNITUDES + (MAGNITUDES_32 if dtype == "float32" else [])
    rounded = {nearest(mpf(m), dtype) for m in magnitudes} - {0.0}
    smooth = kind not in KINKED and options.get("alpha", 1) == 1
    return sorted(-x for x in rounded) + ([-0.0, 0.0] if smooth else []) + sorted(rounded)


def rounded(values, dtype):
    return [nearest(v, dtype) for v in values]


def signed_zero(x, y):
    """mpmath has one zero; an odd function, or x times something positive, keeps the sign of its zero."""
    return x if x == 0 and y == 0 else y


def activation_case(kind, options, dtype):
    f, derivative = ACTIVATIONS[kind](options)
    x = arguments(kind, options, dtype)
    y = [signed_zero(v, nearest(f(mpf(v)), dtype)) for v in x]
    return {"type": kind, "options": options, "x": x, "y": y, "dydx": rounded((derivative(mpf(v)) for v in x), dtype)}


def softmax_case(dtype):
    r = random.Random("chainrule/softmax")
    rows = [
        [1000, -1000, 0, 0], [-1000, -1000, -1000, -1000], [1000, 1000, 1000, 1000], [0, 0, 0, 0], [0, -30, -80, -100],
        [0, -700, -745, -746], [88, 89, 90, 100], [710, 709, 700, 0], [1e-20, -1e-20, 1e-3, -1e-3], [3e38, -3e38, 3e38, 0],
        [12, 12.5, -12, -12.5], [50, 50.25, 49, 0],
    ]
    rows = [rounded(map(mpf, row), dtype) for row in rows]
    # Small integers over 8: exact in both widths.
    gradients = [[r.randrange(-16, 17) / 8 for _ in row] for row in rows]
    y, dx = [], []
    for row, dy in zip(rows, gradients):
        top = max(row)
        exact = softmax([mpf(v) - top for v in row])
        y.append(rounded(exact, dtype))
        dx.append(rounded(softmax_backward(exact, list(map(mpf, dy))), dtype))
    return {"type": "Softmax", "options": {}, "x": rows, "y": y, "dy": gradients, "dx": dx}


def loss_case(name, options, rows, row_loss, dtype):
    predictions = [rounded(map(mpf, z), dtype) for z, _ in rows]
    targets = [rounded(map(mpf, t), dtype) for _, t in rows]
    sums, gradients = [], []
    for z, t in zip(predictions, targets):
        loss, gradient = row_loss(list(map(mpf, z)), list(map(mpf, t)))
        sums.append(nearest(loss, dtype))
        gradients.append(rounded(gradient, dtype))
    return {"name": name, "options": options, "prediction": predictions, "target": targets, "sum": sums, "gradient": gradients}


LOGITS = [0.0] + [s * z for z in (1e-20, 1e-3, 1.0, 10.0, 30.0, 50.0, 100.0, 700.0, 1000.0) for s in (1, -1)]
CLASS_LOGITS = [
    [1000, -1000, 0], [-1000, 1000, 1000], [-1000, -1000, -1000], [1000, 1000, 1000], [0, 0, 0], [0, -40, -50],
    [100, 0, 0], [-30, 30, 0], [1e-3, -1e-3, 0], [-700, 0, -745], [0.1, 0.2, 0.3],
]


def loss_cases(dtype):
    fused = {"fromLogits": True}
    single = [([z], [t]) for z in LOGITS for t in (0.0, 1.0, 0.3)]
    wide = [([1000, -1000, 0], [1, 0, 0.3]), ([1000, -1000, 0], [0, 1, 0.3]), ([-30, 50, 1e-3], [1, 1, 0]), ([0, 0, 0], [1, 0, 1])]
    cases = [loss_case("binaryCrossEntropy", fused, rows, binary_row, dtype) for rows in (single, wide)]
    one_hot = [(z, [float(i == k) for i in range(3)]) for z in CLASS_LOGITS for k in range(3)]
    index = [(z, [float(k)]) for z in CLASS_LOGITS for k in range(3)]
    soft = [(z, t) for z in CLASS_LOGITS for t in ([0.5, 0.25, 0.25], [0.125, 0.875, 0])]
    for smoothing in (0.0, 0.1):
        row_loss = lambda z, t: softmax_row(z, t, mpf(smoothing))
        for rows in (one_hot, index, soft):
            cases.append(loss_case("softmaxCrossEntropy", {"labelSmoothing": smoothing}, rows, row_loss, dtype))
    return cases


def main():
    content = {"meta": {"mpmath": mpmath.__version__, "digits": mp.dps}}
    for dtype in ("float64", "float32"):
        activations = [activation_case(kind, options, dtype) for kind, options in CASES] + [softmax_case(dtype)]
        content[dtype] = {"activations": activations, "losses": loss_cases(dtype)}
    write("precise.json", content)


if __name__ == "__main__":
    main()
