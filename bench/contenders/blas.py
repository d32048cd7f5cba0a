"""The OpenBLAS that is loaded into this process, and what it says of itself."""
import ctypes
import os
import re

from serve import missing


def openblas():
    """Its version and the kind of processor that its kernels are for; ends the contender if it takes others than told."""
    with open("/proc/self/maps") as file:
        found = re.search(r"\S*/lib(?:open)?blas[^/\n]*\.so\S*", file.read())
    try:
        blas = ctypes.CDLL(found.group(0))
        for name in ("openblas_get_corename", "openblas_get_config"):
            getattr(blas, name).restype = ctypes.c_char_p
        version = blas.openblas_get_config().decode().split()[1]
        core = blas.openblas_get_corename().decode()
    except AttributeError:
        version, core = "unknown", "not OpenBLAS"
    wanted = os.environ.get("OPENBLAS_CORETYPE")
    if wanted is not None and wanted != core:
        missing(f"this OpenBLAS has no kernels for {wanted}: it took {core}")
    return version, core
