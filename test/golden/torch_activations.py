"""activations.json: forward and backward of every activation."""

import math

import torch
import torch.nn.functional as F

from torch_setup import DTYPES, generator, normals, numbers
from true_activations import CASES

ROWS, COLS = 6, 7
MODERATE = [8.0, -8.0, 15.0, -15.0, 0.5, -0.5, 5.0, -5.0, 3.0, -3.0, 1.0, -1.0]

TORCH = {
    "ReLU": lambda x, o: F.relu(x),
    "LeakyReLU": lambda x, o: F.leaky_relu(x, o.get("negativeSlope", 0.01)),
    "ELU": lambda x, o: F.elu(x, o.get("alpha", 1.0)),
    "GELU": lambda x, o: F.gelu(x),
    "SiLU": lambda x, o: F.silu(x),
    "Sigmoid": lambda x, o: torch.sigmoid(x),
    "Tanh": lambda x, o: torch.tanh(x),
    "Softplus": lambda x, o: F.softplus(x, o.get("beta", 1.0)),
    "Softmax": lambda x, o: F.softmax(x, dim=1),
}

# Arguments where PyTorch itself is off by more than 1e-9 (float64) or 1e-5 (float32), found by check.py; precise.json
# covers them. ELU forms e^x − 1, GELU 1 + erf(x/√2), Sigmoid's gradient 1 − y, Tanh's 1 − y²: each cancels. Around the
# zero of their derivatives GELU and SiLU lose relative digits in any arithmetic, as does a Softmax certain of its answer.
UNRELIABLE = {
    ("ELU", "float64"): [(-1e-6, 0)],
    ("ELU", "float32"): [(-0.05, 0)],
    ("GELU", "float64"): [(-math.inf, -5.5)],
    ("GELU", "float32"): [(-math.inf, -2), (-0.85, -0.65)],
    ("SiLU", "float32"): [(-1.38, -1.18)],
    ("Sigmoid", "float64"): [(15.5, math.inf)],
    ("Sigmoid", "float32"): [(4, math.inf)],
    ("Tanh", "float64"): [(-math.inf, -8.5), (8.5, math.inf)],
    ("Tanh", "float32"): [(-math.inf, -2.5), (2.5, math.inf)],
    ("Softmax", "float32"): [(4, math.inf)],
}


def reliable(kind, dtype, x):
    inside = any(low <= x <= high for low, high in UNRELIABLE.get((kind, dtype), []))
    near_kink = kind in ("ReLU", "LeakyReLU", "ELU") and abs(x) < 1e-3
    return not inside and not near_kink


def arguments(kind, dtype, g):
    """Moderately extreme values and normals × 3, without the points where PyTorch is no oracle, in shuffled order."""
    candidates = MODERATE + numbers(normals(g, 1, 8 * ROWS * COLS, dtype) * 3)
    chosen = [x for x in candidates if reliable(kind, dtype, x)][: ROWS * COLS]
    x = torch.tensor(chosen, dtype=DTYPES[dtype])
    return x[torch.randperm(len(chosen), generator=g)].reshape(ROWS, COLS)


def case(kind, options, dtype, seed):
    g = generator(seed)
    x = arguments(kind, dtype, g).requires_grad_()
    dy = normals(g, ROWS, COLS, dtype)
    y = TORCH[kind](x, options)
    y.backward(dy)
    numeric = {"x": numbers(x), "dy": numbers(dy), "y": numbers(y), "dx": numbers(x.grad)}
    return {"type": kind, "options": options, "dtype": dtype, "rows": ROWS, "cols": COLS, **numeric}


def activations():
    kinds = CASES + [("Softmax", {})]
    return [case(k, o, dtype, 100 + i) for i, (k, o) in enumerate(kinds) for dtype in DTYPES]
