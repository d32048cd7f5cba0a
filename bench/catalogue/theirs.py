"""Measures PyTorch's members on one thread, and prints a line for each and each width, as ours.ts does for ours; with
--steps whole steps of training, as ours-steps.ts does."""
import functools
import json
import math
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

BATCH, WIDTHS, THINGS, CLASSES = 32, [64, 128, 256, 512], 1000, 10
torch.set_num_threads(1)
STEPS = "--steps" in sys.argv
only = [name for name in sys.argv[1:] if name != "--steps"]


def microseconds(work):
    def timed(count):
        start = time.perf_counter()
        for _ in range(count):
            work()
        return 1e6 * (time.perf_counter() - start) / count

    timed(100)
    count = max(5, round(4000 / timed(20)))
    return statistics.median(timed(count) for _ in range(9))


def measure(name, make):
    if only and name not in only:
        return
    for width in WIDTHS:
        print(json.dumps({"name": name, "width": width, "microseconds": microseconds(make(width))}), flush=True)


def numbers(*shape):
    return torch.arange(math.prod(shape)).mul(7919).remainder(4001).float().reshape(shape) / 1000 - 2


def gaussian_dropout(x):
    return x * (1 + torch.randn_like(x))


def swiglu(x):
    a, b = x.chunk(2, dim=1)
    return F.silu(a) * b


def layer(make, width, x=None):
    """Forward and backward; the gradients of the last call are dropped, as zero_grad does by default now."""
    module = make(width)
    parameters = list(module.parameters()) if isinstance(module, nn.Module) else []
    x = numbers(BATCH, width).requires_grad_() if x is None else x
    dy = numbers(*module(x).shape)

    def work():
        x.grad = None
        for p in parameters:
            p.grad = None
        module(x).backward(dy)

    return work


class Calls(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def network(modules, function, make, x, t):
    """A step on one batch; gradients are dropped, as zero_grad does by default now."""
    model = nn.Sequential(*modules)
    optimizer = make(model.parameters())

    def work():
        value = function(model(x), t)
        for p in model.parameters():
            p.grad = None
        value.backward()
        optimizer.step()
        value.item()  # it is reported

    return work


def classes(count=CLASSES):
    return torch.arange(BATCH).mul(7).remainder(count)


def descent(parameters):
    return torch.optim.SGD(parameters, lr=1e-4)


def with_layer(make, width, x=None):
    inside = make(width)
    first = [nn.Linear(width, width)] if x is None else []
    x = numbers(BATCH, width) if x is None else x
    last = nn.Linear(inside(x).shape[1], CLASSES)
    return network([*first, inside, last], F.cross_entropy, descent, x, classes())


functions = {
    "ReLU": F.relu, "ReLU6": F.relu6, "LeakyReLU": F.leaky_relu, "ELU": F.elu, "SELU": F.selu, "CELU": F.celu,
    "GELU": F.gelu, "GELU, tanh": lambda x: F.gelu(x, approximate="tanh"), "SiLU": F.silu, "Mish": F.mish,
    "Sigmoid": torch.sigmoid, "HardSigmoid": F.hardsigmoid, "LogSigmoid": F.logsigmoid, "Tanh": torch.tanh,
    "HardTanh": F.hardtanh, "Softplus": F.softplus, "Softsign": F.softsign, "Softmax": lambda x: F.softmax(x, 1),
    "LogSoftmax": lambda x: F.log_softmax(x, 1), "Softmin": lambda x: F.softmin(x, 1), "Exponential": torch.exp,
    "HardSwish": F.hardswish, "GLU": lambda x: F.glu(x, 1), "SwiGLU": swiglu,
    "Threshold": lambda x: F.threshold(x, 0, 0), "SoftShrink": F.softshrink, "HardShrink": F.hardshrink,
    "TanhShrink": F.tanhshrink, "Squareplus": lambda x: 0.5 * (x + torch.sqrt(x * x + 4)),
    "RMSNorm": lambda x: x * torch.rsqrt((x * x).mean(1, keepdim=True) + 1e-6),
    "Dropout": lambda x: F.dropout(x, 0.5), "AlphaDropout": lambda x: F.alpha_dropout(x, 0.5, training=True),
    "GaussianNoise": lambda x: x + 0.1 * torch.randn_like(x), "GaussianDropout": gaussian_dropout,
}  # fmt: skip
modules = {"PReLU": lambda _: nn.PReLU(), "BatchNorm": nn.BatchNorm1d, "LayerNorm": nn.LayerNorm}
layers = {name: lambda _, function=function: Calls(function) for name, function in functions.items()} | modules
for name, make in layers.items():
    work = with_layer if STEPS else layer
    measure(name, lambda width, make=make, work=work: work(make, width))
indices = torch.arange(BATCH).mul(37).remainder(THINGS)
embedding = with_layer if STEPS else layer
measure("Embedding", lambda width: embedding(lambda w: nn.Embedding(THINGS, w), width, indices))
def with_optimizer(make, width):
    modules = [nn.Linear(width, width), nn.ReLU(), nn.Linear(width, CLASSES)]
    return network(modules, F.cross_entropy, make, numbers(BATCH, width), classes())


def step(make, width):
    dense = nn.Linear(width, width)
    for p in dense.parameters():
        p.grad = torch.arange(p.numel()).mul(31).remainder(17).float().reshape(p.shape) - 8
    return make(dense.parameters()).step


O = torch.optim
optimizers = {
    "SGD": lambda p: O.SGD(p, lr=1e-4), "SGD, momentum": lambda p: O.SGD(p, lr=1e-4, momentum=0.9),
    "Adagrad": O.Adagrad, "Adadelta": O.Adadelta, "RMSprop": O.RMSprop,
    "RMSprop, centered": lambda p: O.RMSprop(p, centered=True, momentum=0.9), "Adam": O.Adam,
    "Adam, amsgrad": lambda p: O.Adam(p, amsgrad=True), "AdamW": O.AdamW, "Adamax": O.Adamax, "NAdam": O.NAdam,
    "RAdam": O.RAdam, "Rprop": O.Rprop,
}  # fmt: skip
for name, make in optimizers.items():
    work = with_optimizer if STEPS else step
    measure(name, lambda width, make=make, work=work: work(make, width))


def target(targets, width):
    i = torch.arange(BATCH * width).reshape(BATCH, width)
    return {
        "numbers": i.mul(13).remainder(5).float(), "bits": i.remainder(2).float(),
        "shares": torch.full((BATCH, width), 1 / width), "classes": classes(width),
    }[targets]  # fmt: skip


def with_loss(function, targets, width):
    ends = {"shares": [nn.LogSoftmax(1)]}.get(targets, [])
    if targets == "shares":
        function = functools.partial(F.kl_div, reduction="batchmean")
    modules = [nn.Linear(width, width), *ends]
    return network(modules, function, descent, numbers(BATCH, width), target(targets, width))


def loss(function, targets, width):
    p = torch.full((BATCH, width), 1 / width) if targets == "shares" else numbers(BATCH, width)
    t = target(targets, width)
    p.requires_grad_()

    def work():
        p.grad = None
        value = function(p, t)
        value.backward()
        value.item()  # it is reported

    return work


losses = {
    "MSE": (F.mse_loss, "numbers"), "MAE": (F.l1_loss, "numbers"), "huber": (F.huber_loss, "numbers"),
    "smoothL1": (F.smooth_l1_loss, "numbers"),
    "binaryCrossEntropy, logits": (F.binary_cross_entropy_with_logits, "bits"),
    "softmaxCrossEntropy": (F.cross_entropy, "classes"),
    "softmaxCrossEntropy, smoothed": (lambda p, t: F.cross_entropy(p, t, label_smoothing=0.1), "classes"),
    "klDivergence": (lambda p, t: F.kl_div(p.log(), t, reduction="batchmean"), "shares"),
    "poisson": (F.poisson_nll_loss, "numbers"), "multiMargin": (F.multi_margin_loss, "classes"),
}  # fmt: skip
for name, (function, targets) in losses.items():
    work = with_loss if STEPS else loss
    measure(name, lambda width, function=function, targets=targets, work=work: work(function, targets, width))
