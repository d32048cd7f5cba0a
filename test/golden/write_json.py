"""Writes golden files: compact, one case a line (readable diffs), shortest numbers that round-trip as doubles."""

import json
import math
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NAMES = {math.inf: "Infinity", -math.inf: "-Infinity"}


def plain(value):
    """JSON has no Infinity and no NaN: they become strings."""
    if isinstance(value, float) and not math.isfinite(value):
        return NAMES.get(value, "NaN")
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def compact(value):
    text = json.dumps(plain(value), separators=(",", ":"), allow_nan=False)
    return re.sub(r"(\d)\.0(?=[,\]}]|$)", r"\1", text)  # 5.0 → 5; Python's repr is the shortest otherwise


def lines(value):
    """A list of cases is written one case a line, an object of such lists one entry a line, anything else on one line."""
    if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        return "[\n" + ",\n".join(compact(item) for item in value) + "\n]"
    if isinstance(value, dict) and any(isinstance(item, list) for item in value.values()):
        return "{\n" + entries(value) + "\n}"
    return compact(value)


def entries(value):
    return ",\n".join(f"{json.dumps(key)}:{lines(item)}" for key, item in value.items())


def write(name, content):
    path = FOLDER / name
    path.write_text("{\n" + entries(content) + "\n}\n", encoding="utf-8")
    print(f"{name}: {path.stat().st_size:,} bytes")
