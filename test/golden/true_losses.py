"""Fused losses per row and their gradients in mpmath, written so that no tail is lost by subtraction."""

from mpmath import mp, mpf

from true_activations import sigmoid, softmax


def softplus(x):
    return mp.log1p(mp.exp(x))


def binary_row(logits, targets):
    """l = mean over columns of −t·log σ(z) − (1 − t)·log(1 − σ(z)); dl/dz = (σ(z) − t) / columns."""
    n = len(logits)
    loss = mp.fsum(t * softplus(-z) + (1 - t) * softplus(z) for z, t in zip(logits, targets)) / n
    return loss, [((1 - t) * sigmoid(z) - t * sigmoid(-z)) / n for z, t in zip(logits, targets)]


def class_weights(target, classes, smoothing):
    """q = (1 − s)·t + s / classes, with t one-hot when the target is an index."""
    if len(target) == 1:
        target = [mpf(1 if k == int(target[0]) else 0) for k in range(classes)]
    return [(1 - smoothing) * t + smoothing / classes for t in target]


def softmax_row(logits, target, smoothing):
    """l = Σ q·(log Σ e^z − z); dl/dz = p·Σq − q."""
    q = class_weights(target, len(logits), smoothing)
    top = max(logits)
    # Shifted by the largest logit, as log1p: for a certain answer the loss is far smaller than log Σ e^z itself.
    others = [mp.exp(z - top) for z in logits]
    others.remove(max(others))
    log_sum = mp.log1p(mp.fsum(others))
    loss = mp.fsum(w * (top - z + log_sum) for w, z in zip(q, logits))
    weight = mp.fsum(q)
    return loss, [p * weight - w for p, w in zip(softmax(logits), q)]
