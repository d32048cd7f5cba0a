"""plateau.json: rates after each epoch by PyTorch's ReduceLROnPlateau with an absolute threshold."""

from torch_setup import torch
from write_json import write

CURVES = {
    "fall": [5, 4, 4, 4, 4, 3.9, 3.8, 3.8, 3.8, 3.8, 3.8, 3.8, 3.8, 3.8, 3.8, 1, 1, 1, 1, 1],
    "waves": [5, 4, 4.5, 3.9, 4.5, 4.4, 4.3, 3.7, 3.8, 3.9, 3.9, 3.6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    "holes": [2, float("nan"), float("nan"), 1.9, float("nan"), 1.9, 1.9, 1.9, float("nan"), 1.9, 1.9, 1.8, 1.8, 1.8],
}
# (our options but for patience, PyTorch's patience, PyTorch's arguments)
SETTINGS = [
    ({"factor": 0.5}, 0, {}),
    ({"factor": 0.1}, 1, {}),
    ({"factor": 0.5, "cooldown": 3}, 1, {"cooldown": 3}),
    ({"factor": 0.5, "cooldown": 1, "minRate": 0.02}, 0, {"cooldown": 1, "min_lr": 0.02}),
    ({"factor": 0.5, "minDelta": 0.15}, 2, {"threshold": 0.15}),
    ({"factor": 0.5, "mode": "max"}, 2, {"mode": "max"}),
    ({"factor": 0.5, "mode": "max", "minDelta": 0.3}, 1, {"mode": "max", "threshold": 0.3}),
]


def rates(curve, factor, patience, arguments):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer,
        **{"factor": factor, "patience": patience, "threshold": 0, "threshold_mode": "abs", "eps": 0, **arguments},
    )
    result = []
    for value in curve:
        optimizer.step()
        scheduler.step(value)
        result.append(optimizer.param_groups[0]["lr"])
    return result


def cases():
    return [
        {
            "title": f"{name}, patience {patience}, {arguments}",
            "options": {**options, "patience": patience + 1},
            "curve": curve,
            "rates": rates(curve, options["factor"], patience, arguments),
        }
        for name, curve in CURVES.items()
        for options, patience, arguments in SETTINGS
    ]


if __name__ == "__main__":
    write("plateau.json", {"meta": {"torch": torch.__version__}, "cases": cases()})
