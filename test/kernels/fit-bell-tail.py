"""Prints the polynomial of src/kernels/assembly/smooth.ts: e^(z²)·erfc z·(z + 2.5) by powers of t = (z − 2.5)/(z + 2.5),
for 0 ≤ z ≤ 10.6, where erfc in float32 ends; and the largest relative error."""
import math

import numpy as np
from numpy.polynomial import chebyshev, polynomial

DEGREE, POLE, LAST = 12, 2.5, 10.6


def scaled_erfc(z):
    return math.exp(z * z) * math.erfc(z)


low, high = -1.0, (LAST - POLE) / (LAST + POLE)
middle, half = (low + high) / 2, (high - low) / 2
nodes = np.cos((np.arange(400) + 0.5) * math.pi / 400)
t = middle + half * nodes
wanted = np.array([scaled_erfc(z) * (z + POLE) for z in POLE * (1 + t) / (1 - t)])
series = chebyshev.cheb2poly(chebyshev.chebfit(nodes, wanted, DEGREE, w=1 / wanted))
result = np.zeros(1)
for coefficient in reversed(series):
    result = polynomial.polyadd(polynomial.polymul(result, [-middle / half, 1 / half]), [coefficient])
for coefficient in result[: DEGREE + 1]:
    print(repr(float(coefficient)))
z = np.linspace(0, LAST, 20001)
got = polynomial.polyval((z - POLE) / (z + POLE), result[: DEGREE + 1]) / (z + POLE)
print("relative error", max(abs(got / np.array([scaled_erfc(v) for v in z]) - 1)))
