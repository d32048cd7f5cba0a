"""Prints the coefficients of src/onnx/write-gelu.ts: ln(e^(z^2) erfc(z) / t), t = 1 / (1 + z/2), by powers of 2t - 1.

Run: /usr/bin/python3 test/onnx/fit-erfc.py (Debian: python3-mpmath). Chebyshev interpolation with 60 digits; what is left
out after 24 powers is below 1e-16.
"""

import mpmath as mp

mp.mp.dps = 60
TERMS = 25


def wanted(t):
    z = 2 * (1 / t - 1)
    if z < 200:
        return mp.log(mp.erfc(z) * mp.exp(z * z) / t)
    total, term = mp.mpf(0), mp.mpf(1)
    for k in range(30):
        total += term
        term *= -(2 * k + 1) / (2 * z * z)
    return mp.log(total / (z * mp.sqrt(mp.pi) * t))


def chebyshev(terms):
    count = 4 * terms
    angles = [mp.pi * (k + mp.mpf(1) / 2) / count for k in range(count)]
    values = [wanted((mp.cos(a) + 1) / 2) for a in angles]
    sums = [2 * sum(v * mp.cos(j * a) for v, a in zip(values, angles)) / count for j in range(terms)]
    return [sums[0] / 2] + sums[1:]


def powers(coefficients):
    result = [mp.mpf(0)] * len(coefficients)
    before, now = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
    for c in coefficients:
        for i, p in enumerate(before):
            result[i] += c * p
        after = [mp.mpf(0)] + [2 * p for p in now]
        for i, p in enumerate(before):
            after[i] -= p
        before, now = now, after
    return result


for c in powers(chebyshev(TERMS)):
    print(repr(float(c)))
