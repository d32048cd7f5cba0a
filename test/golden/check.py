"""Prints where PyTorch leaves the true values (relative 1e-9 in float64, 1e-5 in float32); writes nothing.

First at the extreme arguments of precise.json, then in the files that make.py wrote, which should show none.
"""

import json

from mpmath import mp, mpf

from torch_activations import TORCH
from torch_losses import LOSSES
from torch_setup import DTYPES, numbers, torch
from true_activations import ACTIVATIONS, softmax, softmax_backward
from true_losses import binary_row, softmax_row
from write_json import FOLDER

TOLERANCE = {"float64": 1e-9, "float32": 1e-5}
mp.dps = 60


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def flat(values):
    return [float(v) for row in values for v in (row if isinstance(row, list) else [row])]


def report(title, at, got, true, dtype):
    """One line a comparison that fails anywhere; relative error, which is 1 where PyTorch gives 0 for a tail."""
    errors = [(x, abs(g - t) / abs(t) if t else abs(g)) for x, g, t in zip(at, got, true) if g != t]
    worst = [f"{x:.6g}: {e:.1e}" for x, e in errors if not e <= TOLERANCE[dtype]]
    if worst:
        print(f"{dtype} {title}: {len(worst)} of {len(got)}: " + ", ".join(worst))


def extreme_activation(case, dtype):
    x = torch.tensor(case["x"], dtype=DTYPES[dtype], requires_grad=True)
    dy = torch.tensor(case["dy"], dtype=DTYPES[dtype]) if "dy" in case else torch.ones_like(x)
    y = TORCH[case["type"]](x, case["options"])
    y.backward(dy)
    title = f"{case['type']} {case['options']}"
    report(f"{title} y", flat(case["x"]), numbers(y), flat(case["y"]), dtype)
    report(f"{title} gradient", flat(case["x"]), numbers(x.grad), flat(case.get("dx", case.get("dydx"))), dtype)


def extreme_loss(case, dtype):
    z = torch.tensor(case["prediction"], dtype=DTYPES[dtype], requires_grad=True)
    loss = LOSSES[case["name"]](z, torch.tensor(case["target"], dtype=DTYPES[dtype]), case["options"])
    loss.sum().backward()
    title = f"{case['name']} {case['options']} target {case['target'][0]}…"
    tops = [max(row, key=abs) for row in case["prediction"]]
    report(f"{title} loss", tops, numbers(loss), flat(case["sum"]), dtype)
    report(f"{title} gradient", flat(case["prediction"]), numbers(z.grad), flat(case["gradient"]), dtype)


def rows_of(case, key):
    data, cols = case[key], case["cols"]
    return [list(map(mpf, data[i : i + cols])) for i in range(0, len(data), cols)]


def golden_activation(case):
    x, dy = rows_of(case, "x"), rows_of(case, "dy")
    if case["type"] == "Softmax":
        y = [softmax(row) for row in x]
        dx = [softmax_backward(*pair) for pair in zip(y, dy)]
    else:
        f, derivative = ACTIVATIONS[case["type"]](case["options"])
        y = [[f(v) for v in row] for row in x]
        dx = [[d * derivative(v) for v, d in zip(*pair)] for pair in zip(x, dy)]
    title = f"activations.json {case['type']} {case['options']}"
    report(f"{title} y", case["x"], case["y"], flat(y), case["dtype"])
    report(f"{title} dx", case["x"], case["dx"], flat(dx), case["dtype"])


def golden_loss(case):
    """The two fused losses; the others are arithmetic on moderate numbers."""
    options, target = case["options"], case["target"]
    t = rows_of(target, "data")
    if "classWeight" in options or "ignoreIndex" in options:
        return
    if case["name"] == "softmaxCrossEntropy":
        rows = [softmax_row(*pair, mpf(options.get("labelSmoothing", 0))) for pair in zip(rows_of(case, "prediction"), t)]
    elif options.get("fromLogits"):
        rows = [binary_row(*pair) for pair in zip(rows_of(case, "prediction"), t)]
    else:
        return
    weights = case["weight"] or [1] * len(rows)
    gradient = [[w * v for v in row] for w, (_, row) in zip(weights, rows)]
    title = f"losses.json {case['name']} {options} target {target['cols']} columns"
    report(f"{title} sum", [0], [case["sum"]], [float(mp.fdot(weights, [l for l, _ in rows]))], case["dtype"])
    report(f"{title} gradient", case["prediction"], case["gradient"], flat(gradient), case["dtype"])


def drift(wide, narrow):
    """How far a float32 run ends from the float64 run of the same case: what a tolerance must leave room for."""
    pairs = list(zip(wide, narrow))
    relative = max(abs(a - b) / abs(a) for a, b in pairs if a)
    return f"relative {relative:.1e}, absolute {max(abs(a - b) for a, b in pairs):.1e}"


def joined(lists):
    return [number for numbers in lists for number in numbers]


def main():
    precise = read("precise.json")
    for dtype in DTYPES:
        for case in precise[dtype]["activations"]:
            extreme_activation(case, dtype)
        for case in precise[dtype]["losses"]:
            extreme_loss(case, dtype)
    print("--- the golden files: nothing should be listed")
    for case in read("activations.json")["cases"]:
        golden_activation(case)
    for case in read("losses.json")["cases"]:
        golden_loss(case)
    print("--- float32 from float64")
    cases = read("optimizers.json")["cases"]
    for a, b in zip(cases[::2], cases[1::2]):
        print(a["type"], a["options"], drift(joined(joined(a["values"])), joined(joined(b["values"]))))
    runs = read("trajectories.json")["runs"]
    for a, b in zip(runs[::2], runs[1::2]):
        print(a["mode"], a["optimizer"], "losses", drift(a["losses"], b["losses"]))
        print(a["mode"], a["optimizer"], "final", drift(joined(a["final"].values()), joined(b["final"].values())))


if __name__ == "__main__":
    main()
