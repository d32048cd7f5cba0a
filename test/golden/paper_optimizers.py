"""paper_optimizers.json: parameters after each step of the rules that PyTorch 1.13 lacks, or has wrong, from their papers.

All in mpmath with 50 digits from exact doubles (or floats), rounded once in the end: what a float32 walk should come to.
"""

from mpmath import matrix as mp_matrix
from mpmath import mp, mpf, sign, sqrt

from torch_setup import DTYPES, generator, normals, numbers, torch
from write_json import write

mp.dps = 50
STEPS = 12
SHAPES = [(3, 4), (1, 5), (4, 2)]


class Rule:
    """The state and the numbers of one parameter; `step` returns the new weights."""

    def __init__(self, options, shape, w):
        self.o = {key: mpf(value) if type(value) in (int, float) else value for key, value in options.items()}
        self.shape = shape
        self.w = w
        self.m = [mpf(0)] * len(w)
        self.v = [mpf(0)] * len(w)
        self.t = 0

    def option(self, name, default):
        return self.o.get(name, default)

    def betas(self, first=0.9, second=0.999):
        """The defaults are the nearest doubles, as options are."""
        return self.option("beta1", mpf(first)), self.option("beta2", mpf(second))

    def moments(self, g):
        b1, b2 = self.betas()
        self.m = [b1 * m + (1 - b1) * x for m, x in zip(self.m, g)]
        self.v = [b2 * v + (1 - b2) * x * x for v, x in zip(self.v, g)]


class NAdam(Rule):
    """Dozat 2016, with m by β₁: μ_1 ⋯ μ_(t+1) in the first denominator."""

    product = mpf(1)

    def mu(self, t):
        b1, _ = self.betas()
        return b1 * (1 - mpf("0.5") * mpf(0.96) ** (t * self.option("momentumDecay", mpf(0.004))))

    def step(self, g):
        self.t += 1
        t, eta = self.t, self.o["learningRate"]
        decay = self.option("weightDecay", mpf(0))
        g = [x + decay * w for x, w in zip(g, self.w)]
        self.moments(g)
        _, b2 = self.betas()
        now, after = self.mu(t), self.mu(t + 1)
        self.product *= now
        direction = [after * m / (1 - self.product * after) + (1 - now) * x / (1 - self.product) for m, x in zip(self.m, g)]
        spread = [sqrt(v / (1 - b2**t)) + self.option("epsilon", mpf(1e-8)) for v in self.v]
        self.w = [w - eta * d / s for w, d, s in zip(self.w, direction, spread)]


class Lion(Rule):
    def step(self, g):
        b1, b2 = self.betas(0.9, 0.99)
        eta, decay = self.o["learningRate"], self.option("weightDecay", mpf(0))
        update = [sign(b1 * m + (1 - b1) * x) for m, x in zip(self.m, g)]
        self.w = [w - eta * (u + decay * w) for w, u in zip(self.w, update)]
        self.m = [b2 * m + (1 - b2) * x for m, x in zip(self.m, g)]


class LAMB(Rule):
    def step(self, g):
        self.t += 1
        self.moments(g)
        b1, b2 = self.betas()
        decay, epsilon = self.option("weightDecay", mpf(0.01)), self.option("epsilon", mpf(1e-6))
        m = [x / (1 - b1**self.t) for x in self.m]
        v = [x / (1 - b2**self.t) for x in self.v]
        r = [a / (sqrt(b) + epsilon) + decay * w for a, b, w in zip(m, v, self.w)]
        lengths = [sqrt(sum(x * x for x in values)) for values in (self.w, r)]
        ratio = lengths[0] / lengths[1] if lengths[0] > 0 and lengths[1] > 0 else 1
        self.w = [w - self.o["learningRate"] * ratio * x for w, x in zip(self.w, r)]


class AdamW(Rule):
    def step(self, g):
        self.t += 1
        self.moments(g)
        b1, b2 = self.betas()
        eta, decay, epsilon = self.o["learningRate"], self.option("weightDecay", mpf(0.1)), self.option("epsilon", mpf(1e-8))
        steps = [(m / (1 - b1**self.t)) / (sqrt(v / (1 - b2**self.t)) + epsilon) for m, v in zip(self.m, self.v)]
        self.w = [w * (1 - eta * decay) - eta * s for w, s in zip(self.w, steps)]


class Muon(AdamW):
    """The weight is [inputs × outputs] here, and [outputs × inputs] in the paper's code."""

    def step(self, g):
        rows, cols = self.shape
        if rows == 1 or cols == 1:
            return super().step(g)
        mu, eta, decay = self.option("momentum", mpf(0.95)), self.o["learningRate"], self.option("weightDecay", mpf(0.1))
        self.m = [mu * m + (1 - mu) * x for m, x in zip(self.m, g)]
        u = [(1 - mu) * x + mu * m for m, x in zip(self.m, g)] if self.option("nesterov", True) else self.m
        x = mp_matrix([u[r * cols : (r + 1) * cols] for r in range(rows)])
        x = x / (sqrt(sum(value * value for value in u)) + mpf(1e-7))
        for _ in range(5):
            square = x * x.T
            x = mpf(3.4445) * x + mpf(-4.775) * square * x + mpf(2.0315) * square * square * x
        scale = sqrt(max(mpf(1), mpf(cols) / rows))
        flat = [x[r, c] for r in range(rows) for c in range(cols)]
        self.w = [w * (1 - eta * decay) - eta * scale * o for w, o in zip(self.w, flat)]


class ScheduleFree(Rule):
    """Algorithm 1 of the paper for AdamW, and its form for SGD, with means weighed by γ²."""

    def __init__(self, options, shape, w):
        super().__init__(options, shape, w)
        self.x, self.z, self.total = w, w, mpf(0)

    def step(self, g):
        self.t += 1
        b1, b2 = self.betas()
        gamma, decay = self.o["learningRate"], self.option("weightDecay", mpf(0))
        d = g
        if self.o.get("method") != "SGD":
            self.v = [b2 * v + (1 - b2) * x * x for v, x in zip(self.v, g)]
            d = [x / (sqrt(v) + self.option("epsilon", mpf(1e-8))) for x, v in zip(g, self.v)]
            gamma = gamma * sqrt(1 - b2**self.t)
        self.z = [z - gamma * (s + decay * y) for z, s, y in zip(self.z, d, self.w)]
        self.total += gamma**2
        c = gamma**2 / self.total
        self.x = [(1 - c) * x + c * z for x, z in zip(self.x, self.z)]
        self.w = [(1 - b1) * z + b1 * x for x, z in zip(self.x, self.z)]


CASES = [
    (NAdam, {"learningRate": 0.01}),
    (NAdam, {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6, "momentumDecay": 0.1, "weightDecay": 0.05}),
    (Lion, {"learningRate": 0.01}),
    (Lion, {"learningRate": 0.01, "beta1": 0.5, "beta2": 0.8, "weightDecay": 0.5}),
    (LAMB, {"learningRate": 0.01}),
    (LAMB, {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4, "weightDecay": 0.5}),
    (Muon, {"learningRate": 0.02}),
    (Muon, {"learningRate": 0.02, "momentum": 0.8, "nesterov": False, "weightDecay": 0.5}),
    (ScheduleFree, {"learningRate": 0.05}),
    (ScheduleFree, {"learningRate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4, "weightDecay": 0.5}),
    (ScheduleFree, {"learningRate": 0.001, "method": "SGD", "weightDecay": 0.5}),
]


def gradients(g, dtype):
    """Mostly of one sign, of sizes from 0.001 to 100; two numbers are 0 for 5 steps, and one parameter for one step."""
    result = []
    for step in range(STEPS):
        tensors = []
        for rows, cols in SHAPES:
            size = 10 ** torch.linspace(-3, 2, rows * cols, dtype=torch.float64).reshape(rows, cols).flip(0)
            tensors.append((size * (1 + 0.5 * normals(g, rows, cols))).to(DTYPES[dtype]))
        tensors[0][0, 0:2] = 0 if step < 5 else tensors[0][0, 0:2]
        tensors[1] *= 0 if step == 6 else 1
        result.append(tensors)
    return result


def case(rule, options, dtype):
    g = generator(301)
    start = [normals(g, *shape, dtype) for shape in SHAPES]
    steps = [[numbers(t) for t in step] for step in gradients(g, dtype)]
    rules = [rule(options, shape, [mpf(x) for x in numbers(p)]) for shape, p in zip(SHAPES, start)]
    values = []
    for step in steps:
        for one, gradient in zip(rules, step):
            one.step([mpf(x) for x in gradient])
        values.append([[float(x) for x in one.w] for one in rules])
    shapes = [{"rows": p.shape[0], "cols": p.shape[1], "value": numbers(p)} for p in start]
    return {"type": rule.__name__, "options": options, "dtype": dtype, "parameters": shapes, "gradients": steps, "values": values}


def torch_nadam(golden):
    """How far PyTorch's NAdam ends from the paper's: 1.13 has μ_t twice in the product, 2.0 and later once."""
    parameters = [torch.tensor(p["value"], dtype=torch.float64).requires_grad_() for p in golden["parameters"]]
    optimizer = torch.optim.NAdam(parameters, lr=golden["options"]["learningRate"], foreach=False)
    for step in golden["gradients"]:
        for parameter, gradient in zip(parameters, step):
            parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
    ends = zip(parameters, golden["values"][-1])
    return max(abs(a - b) for parameter, values in ends for a, b in zip(parameter.tolist(), values))


if __name__ == "__main__":
    cases = [case(rule, options, dtype) for rule, options in CASES for dtype in DTYPES]
    write("paper_optimizers.json", {"meta": {"digits": mp.dps}, "cases": cases})
    print(f"NAdam of PyTorch {torch.__version__} is off by up to {torch_nadam(cases[0]):.1e}")
