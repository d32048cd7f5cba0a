"""Rounds a high-precision number to the nearest float64 or float32, once.

mpmath's own float() first cuts to 53 bits and then shifts into the subnormal range: two roundings, which can
differ from one in the last bit. Here the value is placed on the target format's grid in exact integer arithmetic.
"""

import math

# (bits of the significand, exponent of the smallest subnormal, exponent of the first power of two that overflows)
FORMATS = {"float64": (53, -1074, 1024), "float32": (24, -149, 128)}


def shift_half_even(integer, places):
    """integer / 2**places, rounded to the nearest integer, ties to even."""
    if places <= 0:
        return integer << -places
    whole, rest = integer >> places, integer & ((1 << places) - 1)
    half = 1 << (places - 1)
    return whole + (1 if rest > half or (rest == half and whole & 1) else 0)


def nearest(value, dtype="float64"):
    """The float (a Python float, so a double) nearest to the mpf `value` in `dtype`."""
    bits, lowest, overflow = FORMATS[dtype]
    sign, mantissa, exponent, length = value._mpf_
    if not mantissa:
        return float(value)  # zero, infinities, NaN
    # Exponent of the last place of the result: `bits` below the top bit, but never below the smallest subnormal.
    last = max(exponent + length - bits, lowest)
    if exponent + length > overflow + 1:
        magnitude = math.inf
    elif exponent + length < lowest - 1:
        magnitude = 0.0
    else:
        magnitude = place(shift_half_even(int(mantissa), last - exponent), last, overflow)
    return -magnitude if sign else magnitude


def place(count, last, overflow):
    return math.inf if count.bit_length() + last > overflow else math.ldexp(count, last)
