"""The activations and their derivatives as textbook formulas in mpmath, each in the form that loses no digits."""

from mpmath import mp, mpf


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def normal_density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def leaky(options):
    slope = mpf(options.get("negativeSlope", 0.01))
    return lambda x: x if x > 0 else slope * x, lambda x: mpf(1) if x > 0 else slope


def elu(options):
    alpha = mpf(options.get("alpha", 1.0))
    return lambda x: x if x > 0 else alpha * mp.expm1(x), lambda x: mpf(1) if x > 0 else alpha * mp.exp(x)


def softplus(options):
    beta = mpf(options.get("beta", 1.0))
    return lambda x: mp.log1p(mp.exp(beta * x)) / beta, lambda x: sigmoid(beta * x)


# type → options → (y, dy/dx). Options are the exact doubles, in float32 too.
ACTIVATIONS = {
    "ReLU": lambda _: (lambda x: max(x, mpf(0)), lambda x: mpf(1 if x > 0 else 0)),
    "LeakyReLU": leaky,
    "ELU": elu,
    "GELU": lambda _: (lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * normal_density(x)),
    "SiLU": lambda _: (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * sigmoid(-x))),
    "Sigmoid": lambda _: (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "Tanh": lambda _: (mp.tanh, lambda x: 1 / mp.cosh(x) ** 2),
    "Softplus": softplus,
}

# The cases that both PyTorch's and the precise numbers cover.
CASES = [
    ("ReLU", {}),
    ("LeakyReLU", {}),
    ("LeakyReLU", {"negativeSlope": 0.2}),
    ("ELU", {}),
    ("ELU", {"alpha": 0.7}),
    ("GELU", {}),
    ("SiLU", {}),
    ("Sigmoid", {}),
    ("Tanh", {}),
    ("Softplus", {}),
    ("Softplus", {"beta": 2}),
]


def softmax(row):
    exponentials = [mp.exp(x) for x in row]
    total = mp.fsum(exponentials)
    return [e / total for e in exponentials]


def softmax_backward(y, dy):
    """dx = y · (dy − Σ y·dy)."""
    common = mp.fdot(y, dy)
    return [p * (d - common) for p, d in zip(y, dy)]
