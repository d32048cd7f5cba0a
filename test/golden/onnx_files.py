"""Writes test/golden/onnx_files.json: models as PyTorch's own exporter writes them, and what they compute in PyTorch.

Debian 12: apt-get install python3-torch; then /usr/bin/python3 test/golden/onnx_files.py
Each case has the file's bytes (base64), outputs for the inputs of its kind, and, where nothing is random, the losses of
ten steps of SGD with momentum on the mean squared error, and the outputs after them.
"""
import base64
import copy
import io
import warnings

import torch
from torch import nn
from torch.onnx import TrainingMode

import torch_setup  # noqa: F401
from write_json import write

warnings.filterwarnings("ignore")
torch.manual_seed(0)
EVERY = [9, 10, 11, 12, 13, 14, 15, 16]
ENDS = [9, 16]
generator = torch.Generator().manual_seed(1)


class Exp(nn.Module):
    def forward(self, x):
        return torch.exp(x)


class View(nn.Module):
    """The sizes are computed of the input's."""

    def forward(self, x):
        return x.view(x.size(0), -1)


class Columns(nn.Module):
    def forward(self, x):
        return x.view(-1, 2, 2).unsqueeze(1).flatten(1)


class OneNumber(nn.Module):
    def forward(self, x):
        return x.squeeze(-1)


class Product(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(4, 4))
        self.bias = nn.Parameter(torch.randn(4))

    def forward(self, x):
        return self.bias + x @ self.weight


class RMSNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(4))

    def forward(self, x):
        return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight


class Skip(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.inside = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.inside(x)


class Beside(nn.Module):
    """Two branches, and the input itself."""

    def __init__(self, merge):
        super().__init__()
        self.a = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
        self.b = nn.Linear(4, 4)
        self.merge = merge

    def forward(self, x):
        parts = [self.a(x), x, self.b(x)]
        if self.merge == "concatenate":
            return torch.cat(parts, 1)
        return parts[0] * parts[2] if self.merge == "multiply" else torch.maximum(parts[0], parts[2])


def between(*layers, after=4):
    return nn.Sequential(nn.Linear(3, 4), *layers, nn.Linear(after, 2))


ACTIVATIONS = {
    "ReLU": nn.ReLU(), "ReLU6": nn.ReLU6(), "LeakyReLU": nn.LeakyReLU(0.2), "PReLU": nn.PReLU(), "PReLU of units": nn.PReLU(4),
    "ELU": nn.ELU(0.7), "SELU": nn.SELU(), "GELU": nn.GELU(), "GELU by tanh": nn.GELU(approximate="tanh"), "SiLU": nn.SiLU(),
    "Sigmoid": nn.Sigmoid(), "Hardsigmoid": nn.Hardsigmoid(), "Tanh": nn.Tanh(), "Softplus": nn.Softplus(),
    "Softplus of 2x": nn.Softplus(beta=2), "Softsign": nn.Softsign(), "Softmax": nn.Softmax(-1), "Softmin": nn.Softmin(-1),
    "LogSoftmax": nn.LogSoftmax(-1), "Mish": nn.Mish(), "Hardswish": nn.Hardswish(), "Hardtanh": nn.Hardtanh(-0.5, 0.3),
    "LogSigmoid": nn.LogSigmoid(), "Tanhshrink": nn.Tanhshrink(), "Softshrink": nn.Softshrink(0.3), "Hardshrink": nn.Hardshrink(0.3),
    "Threshold": nn.Threshold(0, 0), "Exp": Exp(),
}
LAYERS = {
    "BatchNorm": nn.BatchNorm1d(4), "LayerNorm": nn.LayerNorm(4), "LayerNorm without weights": nn.LayerNorm(4, elementwise_affine=False),
    "RMSNorm": RMSNorm(), "no bias": nn.Linear(4, 4, bias=False), "MatMul and Add": Product(), "Identity": nn.Identity(),
    "Flatten": nn.Sequential(Columns(), nn.Flatten()), "view": View(), "reshape": Columns(), "residual": Skip(nn.Linear(4, 4), nn.ReLU()),
    "residuals": Skip(nn.LayerNorm(4), nn.Linear(4, 6), nn.GELU(), Skip(nn.Linear(6, 6), nn.SiLU()), nn.Linear(6, 4)),
    "branches multiplied": Beside("multiply"),
}


def inputs(kind, dtype):
    if kind == "indices":
        return torch.randint(0, 5, (5, 3), generator=torch.Generator().manual_seed(2))
    return torch.randn(5, 3, generator=torch.Generator().manual_seed(3), dtype=torch.float64).mul(1.5).to(dtype)


def shuffle_statistics(model):
    """Running statistics as of a model that was trained."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean.copy_(torch.randn(module.num_features, generator=generator))
            module.running_var.copy_(torch.rand(module.num_features, generator=generator) + 0.5)
            module.weight.data.copy_(torch.rand(module.num_features, generator=generator) + 0.5)
            module.bias.data.copy_(torch.randn(module.num_features, generator=generator))


def case(name, model, opset, kind="numbers", dtype=torch.float32, trains=True, training=TrainingMode.EVAL, dynamic=True, **options):
    shuffle_statistics(model)
    model = copy.deepcopy(model).to(dtype)
    x = inputs(kind, dtype)
    axes = {"input": {0: "batch"}, "output": {0: "batch"}} if dynamic else None
    file = io.BytesIO()
    torch.onnx.export(copy.deepcopy(model), x[:1] if not dynamic else x, file, input_names=["input"], output_names=["output"],
                      dynamic_axes=axes, opset_version=opset, training=training, **options)
    model.eval()
    y = model(x).detach()
    made = {"name": f"{name}, opset {opset}", "dtype": str(dtype).split(".")[1], "kind": kind, "y": numbers(y)}
    if trains:
        made["losses"], made["after"] = train(model, x)
    return {**made, "onnx": base64.b64encode(file.getvalue()).decode()}


def train(model, x):
    model.train()
    # Not Adam: the bias before a BatchNorm has a gradient of 0, and Adam makes whole steps of its rounding errors.
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        y = model(x)
        loss = ((y - targets(y)) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    model.eval()
    return numbers(torch.stack(losses)), numbers(model(x).detach())


def targets(y):
    return torch.linspace(-1, 1, y.numel(), dtype=torch.float64).reshape(y.shape).to(y.dtype)


def numbers(tensor):
    """The shortest that read back as the same number of the tensor's width."""
    return [float(str(one)) for one in tensor.flatten().numpy()]


def cases():
    for name, layer in {**ACTIVATIONS, **LAYERS}.items():
        for opset in ENDS:
            yield case(name, between(layer), opset)
    yield case("CELU", between(nn.CELU(1.3)), 12)
    yield case("CELU", between(nn.CELU(1.3)), 16)
    yield case("GLU", between(nn.GLU(-1), after=2), 9)
    yield case("GLU", between(nn.GLU(-1), after=2), 16)
    yield case("branches side by side", between(Beside("concatenate"), after=12), 16)
    yield case("branches, the largest", between(Beside("maximum")), 16)
    for opset in EVERY:
        everything = [nn.BatchNorm1d(4), nn.GELU(), nn.LayerNorm(4), Skip(nn.Linear(4, 4), nn.Hardtanh()), nn.Softmax(-1), View()]
        yield case("everything", between(*everything), opset)
    for opset in [9, 12, 16]:
        yield case("Dropout in inference", between(nn.Dropout(0.3)), opset, trains=False)
        yield case("Dropout in training", between(nn.Dropout(0.3)), opset, trains=False, training=TrainingMode.TRAINING)
        yield case("Embedding", nn.Sequential(nn.Embedding(5, 2), nn.Flatten(), nn.Linear(6, 2)), opset, kind="indices")
    for name in ["Tanh", "GELU", "Softplus of 2x", "Softmax", "SiLU", "LayerNorm", "BatchNorm", "residuals"]:
        yield case(f"{name} in float64", between({**ACTIVATIONS, **LAYERS}[name]), 16, dtype=torch.float64)
    yield case("one number", nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1), OneNumber()), 16)
    yield case("initializers as inputs", between(nn.ReLU()), 9, keep_initializers_as_inputs=True)
    yield case("no folding", between(nn.Linear(4, 4, bias=False)), 16, do_constant_folding=False)
    yield case("one row", between(nn.ReLU(), View()), 16, dynamic=False)


shared = {kind: inputs(kind, torch.float64).tolist() for kind in ["numbers", "indices"]}
write("onnx_files.json", {"torch": torch.__version__, "inputs": shared, "cases": list(cases())})
