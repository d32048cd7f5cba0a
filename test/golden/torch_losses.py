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
    return F.cross_entropy(prediction, target, reduction="none", **class_options(options, prediction.dtype))


def class_options(options, dtype):
    found = {"label_smoothing": options.get("labelSmoothing", 0.0), "ignore_index": options.get("ignoreIndex", -100)}
    return {**found, "weight": torch.tensor(options["classWeight"], dtype=dtype) if "classWeight" in options else None}


def counts(target, options):
    """What each row counts for in the mean, beside its weight."""
    if "ignoreIndex" not in options and "classWeight" not in options:
        return torch.ones(ROWS, dtype=target.dtype)
    if target.shape[1] > 1:
        return (target * torch.tensor(options["classWeight"], dtype=target.dtype)).sum(1)
    kept = target[:, 0] != options.get("ignoreIndex", -100)
    weight = torch.tensor(options.get("classWeight", [1.0] * 5), dtype=target.dtype)
    return torch.where(kept, weight[target[:, 0].long().clamp(min=0)], torch.zeros(ROWS, dtype=target.dtype))


def expect_mean(prediction, target, options, mean):
    """PyTorch's own mean, where targets are indices."""
    own = F.cross_entropy(prediction, target[:, 0].long(), **class_options(options, prediction.dtype))
    assert torch.isclose(own, mean, rtol=1e-6), (options, own, mean)


def divergence(prediction, target, options):
    p = prediction if options.get("fromLogProbabilities") else prediction.log()
    return F.kl_div(p, target, reduction="none", log_target=options.get("logTarget", False)).sum(1)


def poisson(p, t, o):
    return F.poisson_nll_loss(
        p, t, log_input=o.get("logInput", True), full=o.get("full", False), eps=o.get("epsilon", 1e-8), reduction="none"
    ).mean(1)


def halves(prediction):
    return prediction.chunk(2, dim=1)


def gaussian(prediction, t, o):
    mean, variance = halves(prediction)
    return F.gaussian_nll_loss(
        mean, t, variance, full=o.get("full", False), eps=o.get("epsilon", 1e-6), reduction="none"
    ).mean(1)


def multi_margin(p, t, o):
    return F.multi_margin_loss(p, t[:, 0].long(), p=o.get("p", 1), margin=o.get("margin", 1.0), reduction="none")


def cosine_embedding(prediction, t, o):
    return F.cosine_embedding_loss(*halves(prediction), t[:, 0], margin=o.get("margin", 0.0), reduction="none")


def ranking(prediction, t, o):
    return F.margin_ranking_loss(*halves(prediction), t, margin=o.get("margin", 0.0), reduction="none").mean(1)


def triplet(prediction, _, o):
    options = {"margin": o.get("margin", 1.0), "p": o.get("p", 2.0), "eps": o.get("epsilon", 1e-6)}
    return F.triplet_margin_loss(*prediction.chunk(3, dim=1), **options, reduction="none")


# name → (prediction, target, options) → one loss per row
LOSSES = {
    "meanSquaredError": lambda p, t, o: F.mse_loss(p, t, reduction="none").mean(1),
    "meanAbsoluteError": lambda p, t, o: F.l1_loss(p, t, reduction="none").mean(1),
    "huber": lambda p, t, o: F.huber_loss(p, t, reduction="none", delta=o.get("delta", 1.0)).mean(1),
    "binaryCrossEntropy": binary,
    "categoricalCrossEntropy": categorical,
    "softmaxCrossEntropy": softmax_cross_entropy,
    "smoothL1": lambda p, t, o: F.smooth_l1_loss(p, t, reduction="none", beta=o.get("beta", 1.0)).mean(1),
    "klDivergence": divergence,
    "poisson": poisson,
    "gaussianNLL": gaussian,
    "multiMargin": multi_margin,
    "cosineSimilarity": lambda p, t, o: 1 - F.cosine_similarity(p, t, dim=1, eps=o.get("epsilon", 1e-8)),
    "cosineEmbedding": cosine_embedding,
    "marginRanking": ranking,
    "tripletMargin": triplet,
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


def index_or_ignored(g, cols, dtype):
    found = index(g, cols, dtype)
    found[torch.tensor([1, 4])] = -100
    return found


def positive(g, cols, dtype):
    return (normals(g, ROWS, cols).abs() + 0.25).to(DTYPES[dtype])


def natural(g, cols, dtype):
    return torch.randint(0, 9, (ROWS, cols), generator=g).to(DTYPES[dtype])


def logarithms(g, cols, dtype):
    return torch.log_softmax(normals(g, ROWS, cols), dim=1).to(DTYPES[dtype])


def moments(g, cols, dtype):
    """Means, then variances."""
    return torch.cat([real(g, cols // 2, dtype), positive(g, cols // 2, dtype)], dim=1)


def signs(g, cols, dtype):
    return bits(g, cols, dtype) * 2 - 1


def half(make):
    return lambda g, cols, dtype: make(g, cols // 2, dtype)


def single(make):
    return lambda g, _, dtype: make(g, 1, dtype)


CLASS_WEIGHT = [0.5, 2.0, 1.0, 0.25, 4.0]


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
    for options in ({"classWeight": CLASS_WEIGHT}, {"classWeight": CLASS_WEIGHT, "labelSmoothing": 0.1}):
        for target in (index, one_hot, distribution):
            yield "softmaxCrossEntropy", options, 5, real, target
    for options in ({}, {"labelSmoothing": 0.1}, {"classWeight": CLASS_WEIGHT, "labelSmoothing": 0.1}):
        yield "softmaxCrossEntropy", {**options, "ignoreIndex": -100}, 5, real, index_or_ignored
    for options in ({}, {"beta": 0.25}, {"beta": 0.0}):
        yield "smoothL1", options, 4, real, real
    yield "klDivergence", {}, 5, distribution, distribution
    yield "klDivergence", {"logTarget": True}, 5, distribution, logarithms
    yield "klDivergence", {"fromLogProbabilities": True}, 5, logarithms, distribution
    yield "klDivergence", {"fromLogProbabilities": True}, 5, logarithms, one_hot
    yield "klDivergence", {"fromLogProbabilities": True, "logTarget": True}, 5, logarithms, logarithms
    for full in (False, True):
        yield "poisson", {"full": full}, 4, real, natural
        yield "poisson", {"full": full, "logInput": False}, 4, positive, natural
        yield "gaussianNLL", {"full": full}, 6, moments, half(real)
    yield "poisson", {"logInput": False, "epsilon": 0.01}, 1, positive, natural
    yield "gaussianNLL", {"epsilon": 0.5}, 2, moments, half(real)
    for options in ({}, {"p": 2}, {"margin": 0.5}, {"p": 2, "margin": 2.0}):
        yield "multiMargin", options, 5, real, index
    yield "cosineSimilarity", {}, 4, real, real
    yield "cosineSimilarity", {}, 3, lambda *a: real(*a) * 100, real
    for options in ({}, {"margin": 0.25}):
        yield "cosineEmbedding", options, 8, real, single(signs)
    for options in ({}, {"margin": 0.5}):
        yield "marginRanking", options, 2, real, half(signs)
        yield "marginRanking", options, 6, real, half(signs)
    for options in ({}, {"p": 1}, {"p": 3, "margin": 0.5}, {"epsilon": 0.01}):
        yield "tripletMargin", options, 9, real, single(real)


def case(plan, dtype, weighted, seed):
    name, options, cols, make_prediction, make_target = plan
    g = generator(seed)
    prediction = make_prediction(g, cols, dtype).requires_grad_()
    target = make_target(g, cols, dtype)
    weight = torch.tensor(WEIGHTS if weighted else [1.0] * ROWS, dtype=DTYPES[dtype])
    total = (LOSSES[name](prediction, target, options) * weight).sum()
    total.backward()
    weight_total = (weight * counts(target, options)).sum()
    if name == "softmaxCrossEntropy" and target.shape[1] == 1 and not weighted:
        expect_mean(prediction, target, options, total / weight_total)
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
