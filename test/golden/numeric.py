"""numeric.json: elementary functions, correctly rounded to double, from 60-digit arithmetic."""

import math

import mpmath
from mpmath import mp, mpf

from numeric_points import points
from rounding import nearest
from write_json import write

mp.dps = 60
INF, NAN = math.inf, math.nan

FUNCTIONS = {
    "exp": mp.exp,
    "expm1": mp.expm1,
    "log": mp.log,
    "log1p": mp.log1p,
    "tanh": mp.tanh,
    "erf": mp.erf,
    "erfc": mp.erfc,
    # Turns, not radians: 2u is exact in binary, so no digit of π is lost near the zeros.
    "cosTau": lambda u: mp.cospi(2 * u),
    "sinTau": lambda u: mp.sinpi(2 * u),
    "pow": mp.power,
}

# As ECMAScript's Math.* where it has the function, otherwise as C (erf, erfc) and IEEE 754 (sinPi, cosPi at exact points).
SPECIAL = {
    "exp": [(0.0, 1.0), (-0.0, 1.0), (INF, INF), (-INF, 0.0), (NAN, NAN)],
    "expm1": [(0.0, 0.0), (-0.0, -0.0), (INF, INF), (-INF, -1.0), (NAN, NAN)],
    "log": [(1.0, 0.0), (0.0, -INF), (-0.0, -INF), (-1.0, NAN), (-5e-324, NAN), (-INF, NAN), (INF, INF), (NAN, NAN)],
    "log1p": [(0.0, 0.0), (-0.0, -0.0), (-1.0, -INF), (-1.5, NAN), (-INF, NAN), (INF, INF), (NAN, NAN)],
    "tanh": [(0.0, 0.0), (-0.0, -0.0), (INF, 1.0), (-INF, -1.0), (NAN, NAN)],
    "erf": [(0.0, 0.0), (-0.0, -0.0), (INF, 1.0), (-INF, -1.0), (NAN, NAN)],
    "erfc": [(0.0, 1.0), (-0.0, 1.0), (INF, 0.0), (-INF, 2.0), (NAN, NAN)],
    "cosTau": [(0.0, 1.0), (0.25, 0.0), (0.5, -1.0), (0.75, 0.0), (INF, NAN), (-INF, NAN), (NAN, NAN)],
    "sinTau": [(0.0, 0.0), (0.25, 1.0), (0.5, 0.0), (0.75, -1.0), (INF, NAN), (-INF, NAN), (NAN, NAN)],
    "pow": [
        # Unlike C, Math.pow(1, NaN) and Math.pow(±1, ±Infinity) are NaN.
        (1.0, NAN, NAN), (1.0, INF, NAN), (1.0, -INF, NAN), (-1.0, INF, NAN), (-1.0, -INF, NAN),
        (NAN, 0.0, 1.0), (NAN, -0.0, 1.0), (INF, 0.0, 1.0), (-INF, -0.0, 1.0), (0.0, 0.0, 1.0), (-0.0, 0.0, 1.0),
        (2.0, 0.0, 1.0), (-2.0, -0.0, 1.0), (NAN, 1.0, NAN), (2.0, NAN, NAN), (NAN, NAN, NAN),
        (2.0, INF, INF), (2.0, -INF, 0.0), (-2.0, INF, INF), (-2.0, -INF, 0.0),
        (0.5, INF, 0.0), (0.5, -INF, INF), (-0.5, INF, 0.0), (-0.5, -INF, INF), (0.0, INF, 0.0), (0.0, -INF, INF),
        (INF, 1.0, INF), (INF, 0.5, INF), (INF, -1.0, 0.0), (INF, INF, INF), (INF, -INF, 0.0),
        (-INF, 3.0, -INF), (-INF, 2.0, INF), (-INF, 0.5, INF), (-INF, -3.0, -0.0), (-INF, -2.0, 0.0), (-INF, -0.5, 0.0),
        (0.0, 2.0, 0.0), (0.0, 0.5, 0.0), (0.0, -1.0, INF), (0.0, -0.5, INF),
        (-0.0, 3.0, -0.0), (-0.0, 2.0, 0.0), (-0.0, 0.5, 0.0), (-0.0, -3.0, -INF), (-0.0, -2.0, INF), (-0.0, -0.5, INF),
        (-8.0, 1 / 3, NAN), (-2.0, 0.5, NAN), (-1e300, -1.5, NAN), (1.0, 1e300, 1.0), (-1.0, 3.0, -1.0), (-1.0, 4.0, 1.0),
    ],
}


# Beyond any double; asked for exp(1e300), mpmath would build an integer of 1e300 bits.
SATURATED = {"exp": (0.0, INF), "expm1": (-1.0, INF), "erf": (-1.0, 1.0), "erfc": (2.0, 0.0), "tanh": (-1.0, 1.0)}


def value(name, arguments):
    if name in SATURATED and abs(arguments[0]) > 1e6:
        return SATURATED[name][arguments[0] > 0]
    return nearest(FUNCTIONS[name](*map(mpf, arguments)))


def table(name):
    rows = [p if isinstance(p, tuple) else (p,) for p in points(name)]
    return [[*row, value(name, row)] for row in rows]


content = {"meta": {"mpmath": mpmath.__version__, "digits": mp.dps}}
for name in FUNCTIONS:
    content[name] = {"points": table(name), "special": SPECIAL[name]}
    print(f"{name}: {len(content[name]['points'])} points")
write("numeric.json", content)
