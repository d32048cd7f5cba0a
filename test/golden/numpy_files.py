"""Writes arrays by NumPy itself, as numpy.json and test/fixtures/numpy*.npz, and reads what we wrote by NumPy.

Debian 12: apt-get install python3-numpy; then
    /usr/bin/python3 test/golden/numpy_files.py
"""

import base64
import io
import json
import pathlib

import numpy as np
from numpy.lib import format as npy

fixtures = pathlib.Path(__file__).parent.parent / "fixtures"
golden = pathlib.Path(__file__).parent / "numpy.json"

EXTREMES = {
    "f8": [0.1, -0.0, 1e300, float("inf"), float("nan"), -2.25],
    "f4": [0.1, -0.0, 3e38, float("-inf"), float("nan"), -2.25],
    "f2": [0.1, -0.0, 65504, float("-inf"), 6e-8, -2.25],
    "b1": [True, False, False, True, True, False],
} | {
    f"{kind}{width}": [int(info.min), int(info.max), 0, 1, 2, int(info.max) // 3]
    for kind in "iu"
    for width in [1, 2, 4, 8]
    for info in [np.iinfo(f"{kind}{width}")]
}


def saved(array, version=None):
    file = io.BytesIO()
    if version is None:
        np.save(file, array)
    else:
        npy.write_array(file, array, version)
    return file.getvalue()


def text(value):
    return str(int(value)) if isinstance(value, (bool, int)) else repr(value)


def case(name, array, version=None, plain=False):
    """`plain`: the very bytes that we should write."""
    values = array.astype("f8") if array.dtype.kind == "f" else array
    return {
        "name": name,
        "plain": plain,
        "shape": list(array.shape),
        "values": [text(v) for v in values.flatten().tolist()],  # in the order of C
        "bytes": base64.b64encode(saved(array, version)).decode(),
    }


def cases():
    for name, numbers in EXTREMES.items():
        array = np.array(numbers, dtype=name).reshape(2, 3)
        yield case(name, array, plain=name != "f2")
        yield case(f"{name}, big end first", array.astype(array.dtype.newbyteorder(">")))
        yield case(f"{name}, order of Fortran", np.asfortranarray(array))
    counted = np.arange(24, dtype="f4")
    for shape in [(24,), (2, 3, 4), (24, 1), (1, 24), (2, 1, 3, 1, 4)]:
        yield case(f"of {shape}", counted.reshape(shape), plain=True)
        yield case(f"of {shape}, order of Fortran", np.asfortranarray(counted.reshape(shape)))
        yield case(f"of {shape}, a transpose", counted.reshape(shape).T)
    for shape in [(), (0,), (0, 3), (3, 0)]:
        array = np.full(shape, 7, dtype="i4")
        yield case(f"of {shape}", array, plain=True)
        yield case(f"of {shape}, order of Fortran", np.asfortranarray(array))
    for version in [(1, 0), (2, 0), (3, 0)]:
        yield case(f"version {version}", np.arange(3, dtype="f8"), version)
    yield case("of 12345", np.zeros(12345, dtype="u1")[:0].reshape(0, 12345), plain=True)


def refused():
    arrays = {
        "objects": np.array([1, "a", None], dtype=object),
        "texts": np.array(["a", "bc"]),
        "bytes": np.array([b"a", b"bc"]),
        "complex": np.array([1 + 2j]),
        "long double": np.array([1], dtype=np.longdouble),
        "dates": np.array(["2020-01-01"], dtype="M8[D]"),
        "fields": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f4")]),
        "void": np.zeros(2, dtype="V4"),
    }
    return {name: base64.b64encode(saved(array)).decode() for name, array in arrays.items()}


def write():
    golden.write_text(json.dumps({"cases": list(cases()), "refused": refused()}, indent=0) + "\n")
    x = np.arange(6, dtype="f8").reshape(2, 3) / 4
    y = np.array([1, 0])
    np.savez(fixtures / "numpy.npz", x=x, y=y, **{"名前": np.float32(0.5)})
    np.savez_compressed(fixtures / "numpy-compressed.npz", x=x, y=y, zeros=np.zeros((100, 100), dtype="f4"))


def check():
    """What writeNpz wrote, in the words of test/numpy/npz.test.ts."""
    for name in ["ours.npz", "ours-compressed.npz"]:
        with np.load(fixtures / name, allow_pickle=False) as file:
            assert sorted(file) == ["flags", "labels", "x"], sorted(file)
            np.testing.assert_array_equal(file["x"], np.arange(6, dtype="f4").reshape(2, 3) / 4, strict=True)
            np.testing.assert_array_equal(file["labels"], np.array([2, -1]), strict=True)
            np.testing.assert_array_equal(file["flags"], np.array([[True], [False]]), strict=True)
        print(f"{name}: NumPy {np.__version__} reads the same")


write()
check()
