"""Writes test/fixtures/python.safetensors by the reference implementation of the format, and reads our files with it.

Debian 12: apt-get install python3-torch; then
    /usr/bin/python3 -m pip install --target SOMEWHERE safetensors==0.8.0
    PYTHONPATH=SOMEWHERE /usr/bin/python3 test/golden/safetensors_files.py
"""
import json
import pathlib

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

fixtures = pathlib.Path(__file__).parent.parent / "fixtures"


def write():
    halves = torch.arange(65536, dtype=torch.int32).to(torch.int16)
    tensors = {
        "f64": torch.tensor([[1.5, -2.25], [1e300, float("inf")]], dtype=torch.float64),
        "f32": torch.tensor([0.1, -0.0, 3e38], dtype=torch.float32),
        "f16": halves[::257].clone().view(torch.float16),
        "bf16": halves[::257].clone().view(torch.bfloat16),
        "i64": torch.tensor([2**53 + 1, -1], dtype=torch.int64),
        "i32": torch.tensor([[[7]]], dtype=torch.int32),
        "i16": torch.tensor([-5], dtype=torch.int16),
        "i8": torch.tensor([-128, 127], dtype=torch.int8),
        "u8": torch.tensor([0, 255, 3], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "scalar": torch.tensor(4.0),
        "empty": torch.zeros((0, 3)),
        "名前 é": torch.ones(1),
    }
    save_file(tensors, fixtures / "python.safetensors", {"made_by": "safetensors"})

    def plain(tensor):
        values = tensor.to(torch.float64) if tensor.dtype.is_floating_point else tensor.to(torch.int64)
        return {"shape": list(tensor.shape), "values": [str(v) for v in values.flatten().tolist()]}

    expected = {name: plain(tensor) for name, tensor in tensors.items()}
    (fixtures / "python.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


def check():
    """Forward propagation in PyTorch, by the weights in our file."""
    for name in ["model-v1", "checkpoint-v1"]:
        weights = load_file(fixtures / f"{name}.safetensors")
        expected = torch.tensor(json.loads((fixtures / f"{name}.json").read_text())["outputs"], dtype=torch.float64)
        x = torch.tensor([[1, 2], [3, 4], [5, 6], [7, 8], [9, 0]], dtype=torch.float64)
        hidden = torch.relu(x @ weights["2.0.weight"] + weights["2.0.bias"])
        y = hidden @ weights["4.weight"] + weights["4.bias"]
        torch.testing.assert_close(y, expected, rtol=1e-12, atol=0)
        with safe_open(fixtures / f"{name}.safetensors", "pt") as file:
            about = json.loads(file.metadata()["chainrule"])
        print(name, "version", about["version"], "tensors", sorted(weights))


write()
check()
