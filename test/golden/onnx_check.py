"""Checks ONNX files and what they compute, by other readers than those of `npm test`.

    npm run check:onnx -- /tmp/files
    python3 test/golden/onnx_check.py /tmp/files

The first writes the models of the tests, and what they predict. This script has each looked at by onnx.checker with full
shape inference, and run by onnx.reference (in NumPy, by the definitions of the operators) and by ONNX Runtime for CPUs;
it prints the largest |a - b| / max(1, |b|), and ends with 1 if one is above 1e-5. Needs: pip install onnx onnxruntime.
The second batch, numbers up to 1000, is for ONNX Runtime alone: the reference's LogSoftmax, log(softmax(x)), underflows.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx.reference import ReferenceEvaluator

onnxruntime.set_default_logger_severity(4)
np.seterr(all="ignore")


def difference(a, b):
    if a.shape != b.shape:
        return np.inf
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    wide = b.astype(np.float64)
    return np.where(same, 0, np.abs(a - wide) / np.maximum(1, np.abs(wide))).max()


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    reference = ReferenceEvaluator(model)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    dtype = np.float64 if "float64" in path.name else np.float32
    found = np.zeros(2)
    for place, batch in enumerate(json.loads(path.with_suffix(".json").read_text())):
        x = np.array([float(v) for v in batch["x"]], dtype).reshape(batch["input"])
        y = np.array([float(v) for v in batch["y"]], dtype)
        for i, run in enumerate((reference.run, session.run)):
            if place == 1 and i == 0:
                continue
            (got,) = run(None, {"input": x})
            found[i] = max(found[i], difference(got.astype(dtype).reshape(-1), y))
    return found


paths = sorted(Path(sys.argv[1]).glob("*.onnx"))
worst = np.zeros(2)
print(f"{'':40} reference   runtime")
for path in paths:
    found = check(path)
    worst = np.maximum(worst, found)
    print(f"{path.stem:40} {found[0]:9.1e} {found[1]:9.1e}")
print(f"{len(paths)} files pass onnx.checker {onnx.__version__}")
print(f"largest difference: reference {worst[0]:.1e}, onnxruntime {onnxruntime.__version__} {worst[1]:.1e}")
sys.exit(int(worst.max() > 1e-5 or not paths))
