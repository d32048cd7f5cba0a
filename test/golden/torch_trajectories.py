"""trajectories.json: whole training runs of a 64-32-16-10 network, with batches of all, 16 and 1 examples."""

import torch
import torch.nn.functional as F

from torch_optimizers import make
from torch_setup import DTYPES, generator, matrix, numbers

EXAMPLES, SIZES = 80, [64, 32, 16, 10]
MODES = [("full", "full", 20), ("mini", 16, 3), ("one", 1, 1)]


def decimals(tensor, places):
    """Short decimals, exact in JSON; each width rounds them for itself."""
    return torch.tensor([[round(v, places) for v in row] for row in tensor.tolist()], dtype=torch.float64)


def data(g):
    """Each class is a random picture in [0, 1], each example its picture with noise: learnable, not trivial."""
    pictures = torch.rand(SIZES[-1], SIZES[0], generator=g, dtype=torch.float64)
    labels = torch.randint(0, SIZES[-1], (EXAMPLES,), generator=g)
    noise = 0.2 * torch.randn(EXAMPLES, SIZES[0], generator=g, dtype=torch.float64)
    return decimals((pictures[labels] + noise).clamp(0, 1), 3), labels


def initial_weights(g):
    """Glorot uniform, in [inputs × units]; biases small but not zero, so that a forgotten bias shows."""
    weights = {}
    for layer, (inputs, units) in zip((0, 2, 4), zip(SIZES, SIZES[1:])):
        limit = (6 / (inputs + units)) ** 0.5
        uniform = torch.rand(inputs, units, generator=g, dtype=torch.float64) * 2 - 1
        weights[f"{layer}.weight"] = decimals(uniform * limit, 4)
        weights[f"{layer}.bias"] = decimals(0.05 * torch.randn(1, units, generator=g, dtype=torch.float64), 4)
    return weights


def forward(x, w):
    """y = x·W + b, as chainrule writes it, rather than PyTorch's transposed Linear."""
    x = torch.relu(x @ w["0.weight"] + w["0.bias"])
    x = torch.tanh(x @ w["2.weight"] + w["2.bias"])
    return x @ w["4.weight"] + w["4.bias"]


def short(tensor):
    """Float32 as the shortest decimals that give the same float32 back, float64 to 13 digits: half the size."""
    if tensor.dtype == torch.float32:
        return [float(str(v)) for v in tensor.detach().reshape(-1).numpy()]
    return [float(f"{v:.13g}") for v in numbers(tensor)]


def run(x, labels, initial, mode, kind, options, dtype):
    name, size, epochs = mode
    weights = {k: v.detach().clone().to(DTYPES[dtype]).requires_grad_() for k, v in initial.items()}
    x = x.to(DTYPES[dtype])
    optimizer = make(kind, list(weights.values()), options)
    batch = EXAMPLES if size == "full" else size
    losses = []
    for _ in range(epochs):
        for start in range(0, EXAMPLES, batch):
            loss = F.cross_entropy(forward(x[start : start + batch], weights), labels[start : start + batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return {
        "mode": name, "batchSize": size, "epochs": epochs, "optimizer": kind, "options": options, "dtype": dtype,
        "losses": losses, "final": {k: short(v) for k, v in weights.items()},
    }


def trajectories():
    g = generator(400)
    x, labels = data(g)
    initial = initial_weights(g)
    runs = []
    for mode in MODES:
        sgd = {"learningRate": 0.05} if mode[0] == "one" else {"learningRate": 0.1, "momentum": 0.9}
        for kind, options in (("SGD", sgd), ("Adam", {"learningRate": 0.005})):
            runs += [run(x, labels, initial, mode, kind, options, dtype) for dtype in DTYPES]
    start = {name: matrix(value) for name, value in initial.items()}
    return {"x": matrix(x), "labels": labels.tolist(), "initial": start, "runs": runs}
