"""The polynomials of src/numeric/error-function.ts: minimax fits by the exchange algorithm of Remez, in 60 digits."""

from mpmath import cos, erfc, exp, log, lu_solve, matrix, mp, mpf, nstr, pi

mp.dps = 60


def near(t):
    """ln(e^((x + ¼)² + ¼)·erfc x): beside ln(e^(x²)·erfc x) most of the slope is gone, and it costs no more to undo."""
    x = t + 1.5
    return log(erfc(x)) + (x + 0.25) ** 2 + 0.25


def far(t):
    """ln(2x·e^(x²)·erfc x), by a variable that goes from −¾ to ¾ while x goes from 2.5 to 28."""
    x = (5.5 + 1.5 * t) / (1 - t)
    return log(2 * x * erfc(x)) + x * x


def value(c, t):
    result = mpf(0)
    for a in reversed(c):
        result = result * t + a
    return result


def fit(f, low, high, degree, rounds=8):
    """The polynomial whose error has degree + 2 equal extrema of alternating sign, and the size of that error."""
    middle, half = (low + high) / 2, (high - low) / 2
    grid = [middle - half * cos(pi * i / (40 * degree)) for i in range(40 * degree + 1)]
    nodes = [middle - half * cos(pi * i / (degree + 1)) for i in range(degree + 2)]
    for _ in range(rounds):
        rows = matrix([[t**k for k in range(degree + 1)] + [(-1) ** i] for i, t in enumerate(nodes)])
        c = list(lu_solve(rows, matrix([f(t) for t in nodes])))[:-1]
        extrema = []
        for t in grid:
            error = f(t) - value(c, t)
            if extrema and extrema[-1][0] * error > 0:
                extrema[-1] = max(extrema[-1], (error, t), key=lambda e: abs(e[0]))
            else:
                extrema.append((error, t))
        if len(extrema) != degree + 2:
            break
        nodes = [t for _, t in extrema]
    return c, max(abs(error) for error, _ in extrema)


for name, f, low, high, degree in (
    ("NEAR", near, mpf(-1), mpf(1), 19),
    ("FAR", far, mpf(-3) / 4, mpf(22.5) / 29.5, 19),
):
    c, error = fit(f, low, high, degree)
    print(f"{name}: error 2^{nstr(log(error, 2), 4)}")
    print(",\n".join(repr(float(a)) for a in c))
