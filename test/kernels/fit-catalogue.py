"""Prints the polynomials of src/kernels/assembly/catalogue/constants.ts, in its order, each with the largest relative error
of its coefficients as they are rounded there, all else exact."""
from bisect import bisect

import numpy as np
from mpmath import cos, e, erfc, expm1, fabs, log, log1p, lu_solve, matrix, mp, mpf, pi, polyval, sqrt, tanh

mp.dps = 60


def nodes(low, high, count):
    """Numbers that crowd at both ends; none is an end, nor 0."""
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in reversed(range(count))]


def exchanged(peaks, errors):
    """The peaks with the largest error of all for one of them, so that signs still alternate."""
    largest = max(range(len(errors)), key=lambda i: fabs(errors[i]))
    n = bisect(peaks, largest)
    for i in range(max(n - 1, 0), min(n + 1, len(peaks))):
        if errors[peaks[i]] * errors[largest] > 0:
            return peaks[:i] + [largest] + peaks[i + 1 :]
    return [largest, *peaks[:-1]] if n == 0 else [*peaks[1:], largest]


def minimax(x, wanted, weights, degree):
    """The polynomial whose largest error, times the weights, is least. E. Remez, 1934."""
    last = len(x) - 1
    peaks = [last * i // (degree + 1) for i in range(degree + 2)]
    while True:
        rows = [[weights[i] * x[i] ** k for k in range(degree + 1)] + [(-1) ** n] for n, i in enumerate(peaks)]
        *result, level = lu_solve(matrix(rows), matrix([weights[i] * wanted[i] for i in peaks]))
        errors = [(polyval(result[::-1], v) - g) * w for v, g, w in zip(x, wanted, weights)]
        if max(map(fabs, errors)) < 1.000001 * fabs(level):
            return result
        peaks = exchanged(peaks, errors)


def fit(name, width, low, high, degree, wanted, weight):
    """Rounds one coefficient after the other; those above it, fitted again, make good for it."""
    x = nodes(low, high, 1000)
    rest, weights = [wanted(v) for v in x], [weight(v) for v in x]
    result = []
    for k in range(degree + 1):
        first = width(float(minimax(x, rest, weights, degree - k)[0]))
        result.append(mpf(float(first)))
        rest = [(g - result[k]) / v for g, v in zip(rest, x)]
        weights = [w * fabs(v) for w, v in zip(weights, x)]
    error = max(fabs((polyval(result[::-1], v) - wanted(v)) * weight(v)) for v in nodes(low, high, 10000))
    print(f"{name}: 2^{float(log(error, 2)):.2f}", *(repr(float(c)) for c in result), sep="\n  ")


def tail(v):
    x = 1 / v - POLE
    return e ** (x * x / 2) * erfc(x / sqrt(2)) / 2 / v


def cubic(s):
    return (sqrt(s) - tanh(sqrt(s))) / sqrt(s) ** 3


POLE, BELL_END = mpf(7) / 2, mpf(149) / 10
THIRD = mpf(float(np.float32(1 / 3)))
half = log(2) / 2
expm1_rest = (lambda r: (expm1(r) - r) / r**2, lambda r: r**2 / fabs(expm1(r)))
fit("Single.Exp", np.float32, -half, half, 4, *expm1_rest)
fit("Single.Log", np.float32, mpf(0), mpf(1), 8, lambda v: (log1p(v) - v) / v**2, lambda v: v**2 / log1p(v))
fit("Single.Cubic", np.float32, mpf(0), mpf(1), 7, lambda s: cubic(s) - THIRD, lambda s: 1 / cubic(s))
fit("Double.Exp", np.float64, -half, half, 4, *expm1_rest)
fit("Double.Tail", np.float64, 1 / (BELL_END + POLE), 1 / POLE, 9, tail, lambda v: 1 / tail(v))
