"""Writes state_dicts of PyTorch as test/fixtures/torch-*.safetensors, what their models compute and how they train on as
state_dicts.json, and loads what we wrote into the same models.

Debian 12: apt-get install python3-torch; then
    /usr/bin/python3 -m pip install --target SOMEWHERE safetensors==0.8.0
    PYTHONPATH=SOMEWHERE /usr/bin/python3 test/golden/state_dicts.py
"""

import json

from torch_setup import torch  # before all else of PyTorch
from safetensors.torch import load_file, save_file
from torch import nn

import write_json
from write_json import FOLDER

fixtures = FOLDER.parent / "fixtures"


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Parallel(nn.ModuleList):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self], dim=1)


class RMSNorm(nn.Module):
    """As that of PyTorch since 2.4."""

    def __init__(self, units):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(units))

    def forward(self, x):
        epsilon = torch.finfo(x.dtype).eps
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * self.weight


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 6)
        self.norm = nn.BatchNorm1d(6)
        self.act = nn.PReLU(6)
        self.fc2 = nn.Linear(6, 3, bias=False)

    def forward(self, x):
        return self.fc2(self.act(self.norm(self.fc1(x))))


def sequential():
    return nn.Sequential(
        *[nn.Linear(4, 16), nn.ReLU(), nn.BatchNorm1d(16), nn.Linear(16, 8), nn.PReLU()],
        *[nn.LayerNorm(8), nn.Linear(8, 3)],
    )


def nested():
    return nn.Sequential(
        *[nn.Embedding(7, 3), nn.Flatten(), Residual(nn.Linear(12, 5), nn.Tanh(), nn.Linear(5, 12))],
        *[Parallel([nn.Sequential(nn.Linear(12, 4), nn.ReLU()), nn.Sequential()]), RMSNorm(16)],
        *[nn.Sequential(nn.Linear(16, 8), nn.BatchNorm1d(8, affine=False)), nn.Linear(8, 3)],
    )


class Indices(nn.Module):
    """Floats as indices: one kind of inputs for all."""

    def __init__(self, inside):
        super().__init__()
        self.inside = inside

    def forward(self, x):
        return self.inside(x.long())


def train(model, x, y, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    model.train()
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
    return model.eval()


def models():
    yield "sequential", sequential(), torch.float32
    yield "named", Net(), torch.float64
    yield "nested", nested(), torch.float32


def inputs(name, dtype):
    x = torch.randint(0, 7, (12, 4)).to(dtype) if name == "nested" else torch.randn(12, 4, dtype=dtype)
    return x, torch.randn(12, 3, dtype=dtype)


def callable_of(name, model):
    return Indices(model) if name == "nested" else model


def write():
    cases = []
    for name, model, dtype in models():
        model.to(dtype)
        x, y = inputs(name, dtype)
        run = callable_of(name, model)
        train(run, x, y, 30)
        save_file(model.state_dict(), fixtures / f"torch-{name}.safetensors")
        case = {"name": name, "dtype": str(dtype).split(".")[1], "x": x.tolist(), "y": y.tolist()}
        case["outputs"] = run(x).tolist()
        if name == "sequential":
            for half in [torch.float16, torch.bfloat16]:
                tensors = {key: v.to(half) if v.is_floating_point() else v for key, v in model.state_dict().items()}
                save_file(tensors, fixtures / f"torch-{str(half).split('.')[1]}.safetensors")
                widened = sequential()
                widened.load_state_dict(tensors)
                case[str(half).split(".")[1]] = widened.eval()(x).tolist()
        case["trained"] = train(run, x, y, 20)(x).tolist()
        cases.append(case)
    write_json.write("state_dicts.json", {"cases": cases})


def check():
    """Our files, by load_state_dict(strict=True), against our predictions; then both train on."""
    for case in json.loads((fixtures / "ours-torch.json").read_text()):
        name, model, dtype = next(one for one in models() if one[0] == case["name"])
        model.to(dtype)
        tensors = load_file(fixtures / f"ours-torch-{name}.safetensors")
        model.load_state_dict(tensors, strict=True)
        assert all(tensor.dtype in [dtype, torch.int64] for tensor in tensors.values())
        x, y = (torch.tensor(case[part], dtype=dtype) for part in ["x", "y"])
        run = callable_of(name, model).eval()
        before = (run(x) - torch.tensor(case["outputs"], dtype=dtype)).abs().max().item()
        after = (train(run, x, y, 20)(x) - torch.tensor(case["trained"], dtype=dtype)).abs().max().item()
        print(f"{name}: {len(tensors)} tensors, outputs differ by {before:.1e}, after 20 more steps by {after:.1e}")


torch.manual_seed(1)
write()
if (fixtures / "ours-torch.json").exists():
    check()
