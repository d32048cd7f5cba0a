"""tables.json: what columns are standardized and rescaled to, from exact fractions, each rounded once to double."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import fsum
from random import Random

from write_json import write

random = Random(4)
COLUMNS = {
    "near 0": [random.gauss(0, 1) for _ in range(40)],
    "all alike but one": [0.1] * 39 + [0.3],
    "one value": [0.1] * 40,
    "far from 0": [1e9 + random.random() for _ in range(40)],
    "tiny": [random.gauss(3, 1) * 1e-30 for _ in range(40)],
    "huge": [random.gauss(0, 1) * 1e37 for _ in range(40)],
    "years": [float(random.randrange(1900, 2030)) for _ in range(40)],
    "skewed": [10.0 ** random.uniform(-6, 12) for _ in range(40)],
    "rising": [float(i) for i in range(40)],
    "two values": [float(i % 2) for i in range(40)],
}
RANGE = (-1.0, 3.0)


def root(square):
    with localcontext() as context:
        context.prec = 60
        return Fraction((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())


def column(name, numbers):
    exact = [Fraction(x) for x in numbers]
    mean = sum(exact) / len(exact)
    deviation = root(sum((x - mean) ** 2 for x in exact) / len(exact))
    low, high = min(exact), max(exact)
    start, end = map(Fraction, RANGE)
    standard = [(x - mean) / (deviation or 1) for x in exact]
    rescaled = [(x - low) / ((high - low) or 1) * (end - start) + start for x in exact]
    assert abs(fsum(map(float, standard))) < 1e-9
    return {
        "name": name,
        "x": numbers,
        "mean": float(mean),
        "deviation": float(deviation),
        "standardized": [float(y) for y in standard],
        "rescaled": [float(y) for y in rescaled],
    }


write("tables.json", {"meta": {"range": RANGE}, "cases": [column(*item) for item in COLUMNS.items()]})
