"""more-activations.json: the rest of the catalogue. True values in mpmath, rounded once, and PyTorch's where it has them."""

import mpmath
import torch
import torch.nn.functional as F
from mpmath import mp, mpf

from rounding import nearest
from torch_setup import DTYPES, generator, normals, numbers
from true_activations import sigmoid
from write_json import write

mp.dps = 400

SCALE = mpf("1.0507009873554804934193349852946")
ALPHA = mpf("1.6732632423543772848170429916717")


def one(condition):
    return mpf(1 if condition else 0)


def gelu_tanh(_):
    c, k = mp.sqrt(2 / mp.pi), mpf("0.044715")
    u = lambda x: c * (x + k * x**3)
    # ½(1 + tanh u) = σ(2u)
    def df(x):
        s, t = sigmoid(2 * u(x)), sigmoid(-2 * u(x))
        return s + x * 2 * s * t * c * (1 + 3 * k * x * x)
    return lambda x: x * sigmoid(2 * u(x)), df


def celu(o):
    a = mpf(o.get("alpha", 1))
    return lambda x: x if x > 0 else a * mp.expm1(x / a), lambda x: mpf(1) if x > 0 else mp.exp(x / a)


def threshold(o):
    t, v = mpf(o.get("threshold", 0)), mpf(o.get("value", 0))
    return lambda x: x if x > t else v, lambda x: one(x > t)


def soft_shrink(o):
    l = mpf(o.get("lambda", 0.5))
    return lambda x: x - l if x > l else x + l if x < -l else mpf(0), lambda x: one(abs(x) > l)


def hard_shrink(o):
    l = mpf(o.get("lambda", 0.5))
    return lambda x: x if abs(x) > l else mpf(0), lambda x: one(abs(x) > l)


def hard_tanh(o):
    low, high = mpf(o.get("min", -1)), mpf(o.get("max", 1))
    return lambda x: min(max(x, low), high), lambda x: one(low < x < high)


def mish(_):
    w = lambda x: mp.tanh(mp.log1p(mp.exp(x)))
    return lambda x: x * w(x), lambda x: w(x) + x / mp.cosh(mp.log1p(mp.exp(x))) ** 2 * sigmoid(x)


def squareplus(o):
    b = mpf(o.get("b", 4))
    return lambda x: (x + mp.sqrt(x * x + b)) / 2, lambda x: (1 + x / mp.sqrt(x * x + b)) / 2


# type → options → (y, dy/dx)
TRUE = {
    "ReLU6": lambda _: (lambda x: min(max(x, mpf(0)), mpf(6)), lambda x: one(0 < x < 6)),
    "SELU": lambda _: (lambda x: SCALE * (x if x > 0 else ALPHA * mp.expm1(x)), lambda x: SCALE * (mpf(1) if x > 0 else ALPHA * mp.exp(x))),
    "CELU": celu,
    "GELU": gelu_tanh,
    "Threshold": threshold,
    "SoftShrink": soft_shrink,
    "HardShrink": hard_shrink,
    "HardSigmoid": lambda _: (lambda x: min(max(x + 3, mpf(0)), mpf(6)) / 6, lambda x: mpf(one(-3 < x < 3)) / 6),
    "HardSwish": lambda _: (lambda x: x * min(max(x + 3, mpf(0)), mpf(6)) / 6, lambda x: mpf(0) if x < -3 else mpf(1) if x > 3 else x / 3 + mpf(0.5)),
    "HardTanh": hard_tanh,
    "Mish": mish,
    "LogSigmoid": lambda _: (lambda x: -mp.log1p(mp.exp(-x)), lambda x: sigmoid(-x)),
    "Softsign": lambda _: (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
    "Exponential": lambda _: (mp.exp, mp.exp),
    "Squareplus": squareplus,
    "TanhShrink": lambda _: (lambda x: x - mp.tanh(x), lambda x: mp.tanh(x) ** 2),
}

CASES = [
    ("ReLU6", {}), ("SELU", {}), ("CELU", {}), ("CELU", {"alpha": 0.5}), ("GELU", {"approximate": "tanh"}),
    ("Threshold", {}), ("Threshold", {"threshold": 1, "value": -2}), ("SoftShrink", {}), ("SoftShrink", {"lambda": 0.25}),
    ("HardShrink", {}), ("HardShrink", {"lambda": 1}), ("HardSigmoid", {}), ("HardSwish", {}), ("HardTanh", {}),
    ("HardTanh", {"min": -2, "max": 0.5}), ("Mish", {}), ("LogSigmoid", {}), ("Softsign", {}), ("Exponential", {}),
    ("Squareplus", {}), ("Squareplus", {"b": 1}), ("TanhShrink", {}),
]

MAGNITUDES = [1e-300, 1e-30, 1e-12, 1e-8, 1e-5, 1e-3, 0.01, 0.05, 0.09, 0.11, 0.2, 0.3, 0.45, 0.55, 0.7, 0.9, 1.1, 1.3, 1.7, 2.1, 2.5, 2.9, 3.1, 4.0, 5.0, 5.9,
              6.1, 8.0, 10.0, 15.0, 20.0, 30.0, 37.0, 50.0, 80.0, 88.0, 100.0, 300.0, 700.0, 1000.0]

TORCH = {
    "ReLU6": lambda x, o: F.relu6(x),
    "SELU": lambda x, o: F.selu(x),
    "CELU": lambda x, o: F.celu(x, o.get("alpha", 1.0)),
    "GELU": lambda x, o: F.gelu(x, approximate="tanh"),
    "Threshold": lambda x, o: F.threshold(x, o.get("threshold", 0), o.get("value", 0)),
    "SoftShrink": lambda x, o: F.softshrink(x, o.get("lambda", 0.5)),
    "HardShrink": lambda x, o: F.hardshrink(x, o.get("lambda", 0.5)),
    # F.hardsigmoid multiplies its gradient by a 1/6 of float32.
    "HardSigmoid": lambda x, o: F.relu6(x + 3) / 6,
    "HardSwish": lambda x, o: F.hardswish(x),
    "HardTanh": lambda x, o: F.hardtanh(x, o.get("min", -1.0), o.get("max", 1.0)),
    "Mish": lambda x, o: F.mish(x),
    "LogSigmoid": lambda x, o: F.logsigmoid(x),
    "Softsign": lambda x, o: F.softsign(x),
    "TanhShrink": lambda x, o: F.tanhshrink(x),
    "LogSoftmax": lambda x, o: F.log_softmax(x, dim=1),
    "Softmin": lambda x, o: F.softmin(x, dim=1),
    "GLU": lambda x, o: F.glu(x, dim=1),
    "SwiGLU": lambda x, o: F.silu(x[:, :4]) * x[:, 4:],
    "PReLU": lambda x, o: F.prelu(x, torch.full((8 if o.get("perUnit") else 1,), o.get("initialSlope", 0.25), dtype=x.dtype)),
}
WHOLE = [("LogSoftmax", {}), ("Softmin", {}), ("GLU", {}), ("SwiGLU", {}), ("PReLU", {}), ("PReLU", {"perUnit": True, "initialSlope": -0.5})]


def points(kind, options, dtype):
    f, df = TRUE[kind](options)
    sides = sorted({nearest(mpf(m), dtype) for m in MAGNITUDES} - {0.0})
    x = [-v for v in reversed(sides)] + sides
    rounded = lambda g: [nearest(g(mpf(v)), dtype) for v in x]
    return {"type": kind, "options": options, "dtype": dtype, "x": x, "y": rounded(f), "dydx": rounded(df)}


def rows(kind, options, dtype, seed):
    """PyTorch's, computed in float64 of numbers that the width can hold: its own float32 loses digits where it cancels."""
    g = generator(seed)
    x = (normals(g, 5, 8, dtype) * 2).to(torch.float64).requires_grad_()
    y = TORCH[kind](x, options)
    dy = normals(g, *y.shape, dtype).to(torch.float64)
    y.backward(dy)
    return {"type": kind, "options": options, "dtype": dtype, "rows": 5, "cols": 8, "x": numbers(x), "dy": numbers(dy), "y": numbers(y), "dx": numbers(x.grad)}


def main():
    torch_cases = [case for case in CASES if case[0] in TORCH] + WHOLE
    write("more-activations.json", {
        "meta": {"mpmath": mpmath.__version__, "torch": torch.__version__},
        "points": [points(k, o, dtype) for k, o in CASES for dtype in DTYPES],
        "cases": [rows(k, o, dtype, 700 + i) for i, (k, o) in enumerate(torch_cases) for dtype in DTYPES],
    })


if __name__ == "__main__":
    main()
