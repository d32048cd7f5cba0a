"""losses.json: every loss with and without row weights, its sum and the gradient of the sum."""

import torch
import torch.nn.functional as F

from torch_setup import DTYPES, generator, matrix, normals, numbers

ROWS = 6
WEIGHTS = [0.5, 2.0, 1.0, 0.0, 3.25, 1.5]


def binary(prediction, target, options):
    f = F.binary_cross_entropy_with_logits if options["fromLogits"] else F.binary_cross_entropy
    return f(prediction, target, reduction="none").mean(1)


def categorical(prediction, target, _):
    if target.shape[1] == 1:
        target = F.one_hot(target[:, 0].long(), prediction.shape[1]).to(prediction.dtype)
    return -(target * prediction.log().clamp(min=-100)).sum(1)


def softmax_cross_entropy(prediction, target, options):
    target = target[:, 0].long() if target.shape[1] == 1 else target
    return F.cross_entropy(prediction, target, reduction="none", label_smoothing=options.get("labelSmoothing", 0.0))


# name → (prediction, target, options) → one loss per row
LOSSES = {
    "meanSquaredError": lambda p, t, o: F.mse_loss(p, t, reduction="none").mean(1),
    "meanAbsoluteError": lambda p, t, o: F.l1_loss(p, t, reduction="none").mean(1),
    "huber": lambda p, t, o: F.huber_loss(p, t, reduction="none", delta=o.get("delta", 1.0)).mean(1),
    "binaryCrossEntropy": binary,
    "categoricalCrossEntropy": categorical,
    "softmaxCrossEntropy": softmax_cross_entropy,
}


def real(g, cols, dtype):
    return normals(g, ROWS, cols, dtype)


def probabilities(g, cols, dtype):
    """Each in its own right, as a sigmoid gives; clear of 0 and 1, where 1 − p has few digits left in float32."""
    return torch.sigmoid(normals(g, ROWS, cols)).clamp(0.03, 0.97).to(DTYPES[dtype])


def distribution(g, cols, dtype):
    return torch.softmax(normals(g, ROWS, cols) * 1.5, dim=1).to(DTYPES[dtype])


def bits(g, cols, dtype):
    return torch.randint(0, 2, (ROWS, cols), generator=g).to(DTYPES[dtype])


def index(g, cols, dtype):
    return torch.randint(0, cols, (ROWS, 1), generator=g).to(DTYPES[dtype])


def one_hot(g, cols, dtype):
    return F.one_hot(index(g, cols, "float64")[:, 0].long(), cols).to(DTYPES[dtype])


def plans():
    """(name, options, columns, prediction, target): what is crossed with the dtypes and the weights."""
    for cols in (4, 1):
        yield "meanSquaredError", {}, cols, real, real
        yield "meanAbsoluteError", {}, cols, real, real
    yield "huber", {}, 4, lambda *a: real(*a) * 2, real
    yield "huber", {"delta": 0.5}, 4, real, real
    for logits in (False, True):
        prediction = (lambda *a: real(*a) * 2) if logits else probabilities
        for cols in (4, 1):
            yield "binaryCrossEntropy", {"fromLogits": logits}, cols, prediction, bits
        yield "binaryCrossEntropy", {"fromLogits": logits}, 4, prediction, probabilities
    for target in (one_hot, distribution, index):
        yield "categoricalCrossEntropy", {}, 5, distribution, target
        for smoothing in (0, 0.1):
            yield "softmaxCrossEntropy", {"labelSmoothing": smoothing}, 5, real, target
    yield "softmaxCrossEntropy", {}, 2, real, index


def case(plan, dtype, weighted, seed):
    name, options, cols, make_prediction, make_target = plan
    g = generator(seed)
    prediction = make_prediction(g, cols, dtype).requires_grad_()
    target = make_target(g, cols, dtype)
    weight = torch.tensor(WEIGHTS if weighted else [1.0] * ROWS, dtype=DTYPES[dtype])
    total = (LOSSES[name](prediction, target, options) * weight).sum()
    total.backward()
    weight_total = weight.sum()
    return {
        "name": name, "options": options, "dtype": dtype, "rows": ROWS, "cols": cols,
        "prediction": numbers(prediction), "target": matrix(target), "weight": WEIGHTS if weighted else None,
        "sum": total.item(), "weightTotal": weight_total.item(), "mean": (total / weight_total).item(),
        "gradient": numbers(prediction.grad),
    }


def losses():
    return [
        case(plan, dtype, weighted, 500 + i)
        for i, plan in enumerate(plans()) for weighted in (False, True) for dtype in DTYPES
    ]
