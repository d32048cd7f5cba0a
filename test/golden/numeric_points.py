"""Where the elementary functions are sampled: random over the useful range, and the zones where code goes wrong."""

import math
import random

TINY = 5e-324  # the smallest subnormal
SMALLEST_NORMAL = 2.2250738585072014e-308
LARGEST = 1.7976931348623157e308


def neighbours(x, count=2):
    """x and the doubles next to it, on both sides."""
    down, up, result = x, x, [x]
    for _ in range(count):
        down, up = math.nextafter(down, -math.inf), math.nextafter(up, math.inf)
        result += [down, up]
    return result


def both_signs(points):
    return [s * x for x in points for s in (1.0, -1.0)]


def around(*centres):
    return [x for centre in centres for x in neighbours(centre)]


def powers_of_ten(low, high, step=1):
    return [float(f"1e{k}") for k in range(low, high + 1, step)]


def uniform(r, low, high, count):
    return [r.uniform(low, high) for _ in range(count)]


def log_uniform(r, low, high, count):
    """Magnitudes spread evenly over the exponents 10^low … 10^high."""
    return [10.0 ** r.uniform(low, high) for _ in range(count)]


def exp_points(r):
    # Half multiples of log 2 are where a range reduction changes its integer; the last zone yields subnormals.
    reduction = [k * math.log(2) / 2 for k in (1, 3, 5, 7, 21, 201, 1001, 2001)]
    return (
        uniform(r, -5, 5, 110) + uniform(r, -100, 100, 60) + uniform(r, -708, 709, 60)
        + uniform(r, -745.2, -708, 30) + both_signs(log_uniform(r, -18, 0, 25)) + both_signs(reduction)
        + both_signs([TINY, SMALLEST_NORMAL] + powers_of_ten(-20, -1)) + around(709.782712893384, -708.3964185322641)
        + around(-745.1332191019411, -744.4400719213812) + [709.0, 710.0, 1000.0, 1e300, -746.0, -1000.0, -1e300]
    )


def expm1_points(r):
    return (
        uniform(r, -2, 2, 110) + uniform(r, -40, 40, 50) + uniform(r, 0, 709, 30)
        + both_signs(log_uniform(r, -20, 0, 50) + powers_of_ten(-20, -1) + [TINY, SMALLEST_NORMAL, 1e-300])
        + around(709.782712893384, math.log(2) / 2, -math.log(2) / 2) + around(math.log(2), -math.log(2))
        + [710.0, 1000.0, 1e300, -36.0, -37.0, -37.5, -38.0, -100.0, -745.0, -1000.0, -1e300]
    )


def log_points(r):
    return (
        uniform(r, 0, 4, 80) + uniform(r, 0.5, 1.5, 60) + log_uniform(r, -300, 300, 90)
        + [1 + x for x in both_signs(log_uniform(r, -16, -1, 30))] + around(1.0, 2.0, math.e, math.sqrt(2), math.sqrt(0.5))
        + [TINY, 3 * TINY, 1e-320, 1.5e-310, SMALLEST_NORMAL, math.nextafter(SMALLEST_NORMAL, 0), LARGEST]
        + powers_of_ten(-323, 308, 15) + [2.0**k for k in (-1074, -1022, -53, -1, 1, 10, 52, 53, 1023)]
    )


def log1p_points(r):
    return (
        uniform(r, -0.999, 3, 110) + both_signs(log_uniform(r, -20, -0.01, 70)) + log_uniform(r, 0, 300, 50)
        + both_signs(powers_of_ten(-20, -1) + [TINY, SMALLEST_NORMAL, 1e-300]) + around(0.5, -0.5, 1.0, math.sqrt(2) - 1)
        + [-1 + 2.0**-k for k in (53, 52, 40, 20, 10, 5)] + [LARGEST, 2.0**53, 2.0**54, 9.0, 99.0]
    )


def tanh_points(r):
    return (
        uniform(r, -3, 3, 130) + uniform(r, -22, 22, 70)
        + both_signs(log_uniform(r, -20, 0, 45) + powers_of_ten(-20, -1) + [TINY, SMALLEST_NORMAL, 1e-300])
        + both_signs([0.5, 0.55, 0.625, 1.0, 8.0, 18.0, 19.0, 19.06, 19.0615, 20.0, 22.0, 100.0, 1e300])
    )


def erf_points(r):
    return (
        uniform(r, -3, 3, 130) + uniform(r, -7, 7, 70) + around(0.84375, 1.25, 1 / 0.35)
        + both_signs(log_uniform(r, -20, 0, 45) + powers_of_ten(-20, -1) + [TINY, SMALLEST_NORMAL, 1e-300])
        + both_signs([0.5, 1.0, 2.0, 4.0, 5.5, 5.8, 5.9, 5.92, 6.0, 8.0, 27.0, 100.0, 1e300])
    )


def erfc_points(r):
    return (
        uniform(r, -3, 3, 100) + uniform(r, 0, 10, 60) + uniform(r, 10, 26.5, 60) + uniform(r, 26.5, 27.3, 25)
        + uniform(r, -7, 0, 25) + both_signs(log_uniform(r, -20, 0, 30) + [TINY, 1e-300, 1e-17, 1e-16, 1e-8])
        + around(0.84375, 1.25, 1 / 0.35, 28.0, 26.543258454250983, 27.226017111108366)
        + [0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 20.0, 26.0, 26.5, 27.0, 27.2, 30.0, 100.0, 1e300, -6.0, -20.0, -1e300]
    )


def turn_points(r):
    """Turns u in [0, 1): quarter points are exact, and beside them the result is tiny and must keep its digits."""
    near = [quarter + s * x for quarter in (0.25, 0.5, 0.75) for x in log_uniform(r, -16, -2, 10) for s in (1, -1)]
    eighths = [u for k in range(1, 8) for u in neighbours(k / 8, 1)]
    grid32 = [r.getrandbits(32) / 2**32 for _ in range(60)]  # what a random generator hands over
    return (
        uniform(r, 0, 1, 160) + near + eighths + grid32 + [2**-32, 1 - 2**-32, 2**-53, math.nextafter(1.0, 0.0)]
        + log_uniform(r, -18, -1, 40) + [1 - x for x in log_uniform(r, -15, -1, 30)] + [TINY, SMALLEST_NORMAL, 1e-300]
        + [k / 12 for k in range(1, 12)]
    )


def pow_points(r):
    # Decays raised to a step count: an error in log(base) is multiplied by the exponent.
    bases = [0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999]
    counts = [1, 2, 3, 7, 10, 33, 100, 999, 1000, 4096, 10000, 65537, 100000]
    pairs = [(b, float(n)) for b in bases for n in counts]
    pairs += [(x, r.uniform(-5, 5)) for x in log_uniform(r, -3, 3, 120)]
    pairs += [(x, r.uniform(-300, 300) / (abs(math.log10(x)) + 1e-9)) for x in log_uniform(r, -10, 10, 60)]
    pairs += [(1 + s, r.choice((-1, 1)) * 10 ** r.uniform(0, 15)) for s in both_signs(log_uniform(r, -15, -1, 20))]
    pairs += [(x, y) for x in (2.0, 10.0, 0.5, 1.5, 3.0) for y in (0.5, -0.5, 1 / 3, 2.0, -1.0, 10.0, 22.0, 0.75)]
    pairs += [(-2.0, 3.0), (-2.0, 4.0), (-0.9, 101.0), (-1.5, -7.0), (-10.0, 22.0), (-1.0, 1e15)]
    # Near overflow, near underflow, into the subnormals, from the subnormals.
    pairs += [(2.0, y) for y in (1023.0, 1023.999999, 1024.0, -1022.0, -1022.5, -1050.3, -1074.0, -1074.9, -1075.5, -1080.0)]
    pairs += [(10.0, y) for y in (308.0, 308.25, 308.26, -307.7, -310.0, -323.0, -324.0)]
    pairs += [(TINY, 0.5), (TINY, -0.5), (1e-310, 0.25), (1e-310, 1.03), (LARGEST, 0.5), (LARGEST, 1.0), (LARGEST, -1.0)]
    pairs += [(math.nextafter(1, 0), 1e15), (math.nextafter(1, 2), 1e15), (math.nextafter(1, 2), 3e18), (0.5, 1e300)]
    return pairs


POINTS = {
    "exp": exp_points, "expm1": expm1_points, "log": log_points, "log1p": log1p_points, "tanh": tanh_points,
    "erf": erf_points, "erfc": erfc_points, "cosTau": turn_points, "sinTau": turn_points, "pow": pow_points,
}


def points(name):
    """The sample of one function, each point once, in ascending order."""
    values = set(POINTS[name](random.Random(f"chainrule/{name}")))
    if name in ("cosTau", "sinTau"):
        values = {u for u in values if 0 <= u < 1 and u * 4 != int(u * 4)}  # the quarter points are special values
    return sorted(values)
