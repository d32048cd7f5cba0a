"""PyTorch, made repeatable: one thread, plain (not per-CPU) kernels, and numbers as JSON wants them."""

import os

os.environ["ATEN_CPU_CAPABILITY"] = "default"  # read at import: the same vector width on every x86 machine

import torch  # noqa: E402

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)

DTYPES = {"float64": torch.float64, "float32": torch.float32}


def generator(seed):
    return torch.Generator().manual_seed(seed)


def normals(g, rows, cols, dtype="float64"):
    """Drawn in the width of the case, so that what JSON holds is exact in it."""
    return torch.randn(rows, cols, generator=g, dtype=torch.float64).to(DTYPES[dtype])


def numbers(tensor):
    """Row-major Python floats; adding 0 turns −0, which no contract promises, into 0."""
    return (tensor.detach().to(torch.float64) + 0.0).reshape(-1).tolist()


def matrix(tensor):
    rows, cols = tensor.shape
    return {"rows": rows, "cols": cols, "data": numbers(tensor)}
