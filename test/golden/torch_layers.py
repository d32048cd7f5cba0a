"""layers.json: layers with parameters, some steps of forward and backward in training, and one pass in inference."""

import torch
import torch.nn as nn

from torch_setup import DTYPES, generator, matrix, normals
from write_json import write

ROWS, COLS, PASSES = 5, 4, 3


class RMSNorm(nn.Module):
    """PyTorch has it from 2.4 on: written here from the paper."""

    def __init__(self, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(COLS))
        self.epsilon = epsilon

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(1, keepdim=True) + self.epsilon) * self.weight


class Pairs(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long()).flatten(1)


def batch_norm(o, dtype):
    return nn.BatchNorm1d(COLS, eps=o.get("epsilon", 1e-5), momentum=o.get("momentum", 0.1), affine=o.get("affine", True))


CASES = [
    ("BatchNorm", {}, batch_norm),
    ("BatchNorm", {"momentum": 0.5, "epsilon": 0.01}, batch_norm),
    ("BatchNorm", {"affine": False}, batch_norm),
    ("LayerNorm", {}, lambda o, dtype: nn.LayerNorm(COLS)),
    ("LayerNorm", {"epsilon": 0.01, "affine": False}, lambda o, dtype: nn.LayerNorm(COLS, eps=0.01, elementwise_affine=False)),
    ("RMSNorm", {}, lambda o, dtype: RMSNorm(torch.finfo(DTYPES[dtype]).eps)),
    ("RMSNorm", {"epsilon": 0.01}, lambda o, dtype: RMSNorm(0.01)),
    ("Embedding", {"inputDim": 6, "outputDim": 3}, lambda o, dtype: Pairs(6, 3)),
]
NAMES = {"running_mean": "runningMean", "running_var": "runningVariance"}


def case(kind, options, make, dtype, seed):
    """In float64 of numbers that the width can hold."""
    g = generator(seed)
    layer = make(options, dtype).to(torch.float64)
    for parameter in layer.parameters():
        parameter.data = normals(g, *(parameter.shape if parameter.dim() == 2 else (1, COLS)), dtype).to(torch.float64).reshape(parameter.shape)
    weights = lambda: {NAMES.get(n, n): matrix(v.reshape(-1, v.shape[-1])) for n, v in layer.state_dict().items() if n != "num_batches_tracked"}
    start, passes = weights(), []
    for i in range(PASSES + 1):
        layer.train(i < PASSES)
        layer.zero_grad()
        if kind == "Embedding":
            x = torch.randint(0, 6, (ROWS, COLS), generator=g).to(torch.float64)
        else:
            x = (normals(g, ROWS, COLS, dtype) * 2 + 1).to(DTYPES[dtype]).to(torch.float64).requires_grad_()
        y = layer(x)
        dy = normals(g, *y.shape, dtype).to(torch.float64)
        y.backward(dy)
        gradients = {n: matrix(p.grad.reshape(-1, p.shape[-1])) for n, p in layer.named_parameters()}
        dx = torch.zeros_like(x) if x.grad is None else x.grad
        passes.append({"x": matrix(x), "y": matrix(y), "dy": matrix(dy), "dx": matrix(dx), "gradients": gradients, "weights": weights()})
    return {"type": kind, "options": options, "dtype": dtype, "start": start, "passes": passes}


if __name__ == "__main__":
    write("layers.json", {
        "meta": {"torch": torch.__version__},
        "cases": [case(k, o, make, dtype, 900 + i) for i, (k, o, make) in enumerate(CASES) for dtype in DTYPES],
    })
