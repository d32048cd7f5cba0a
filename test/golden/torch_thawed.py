"""thawed.json: parameters after each step, the second frozen at first and for some steps later on."""

from torch_optimizers import optimizer_case
from torch_setup import torch
from write_json import write

FROZEN = [0, 1, 2, 6, 7]
CASES = [
    ("Adam", {"learningRate": 0.01}),
    ("Adam", {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.7, "amsgrad": True, "weightDecay": 0.05}),
    ("AdamW", {"learningRate": 0.01, "weightDecay": 0.5}),
    ("Adamax", {"learningRate": 0.01}),
    ("RAdam", {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6}),
    ("Adagrad", {"learningRate": 0.1, "lrDecay": 0.3}),
    ("SGD", {"learningRate": 0.1, "momentum": 0.9, "weightDecay": 0.01}),
    ("RMSprop", {"learningRate": 0.01, "alpha": 0.9, "momentum": 0.8}),
]

cases = [optimizer_case(kind, options, "float64", FROZEN) for kind, options in CASES]
write("thawed.json", {"meta": {"torch": torch.__version__}, "frozen": FROZEN, "cases": cases})
