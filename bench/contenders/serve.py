"""What the contenders in Python have in common: the job, its numbers, and the answers, a line each."""
import json
import platform
import re
import sys
import time

import numpy

job = json.loads(sys.argv[1])
task = job["task"]


def answer(**line):
    print(json.dumps(line), flush=True)


def missing(why):
    """Ends a contender that cannot do its work here, and says why."""
    answer(missing=why)
    sys.exit()


def floats(name):
    return numpy.fromfile(job["files"][name], dtype=numpy.float32)


def layers():
    """W [inputs × units] and b of each layer."""
    numbers, at, result = floats("weights"), 0, []
    for inputs, units in zip(task["widths"], task["widths"][1:]):
        weight = numbers[at : at + inputs * units].reshape(inputs, units)
        result.append((weight, numbers[at + inputs * units : at + (inputs + 1) * units]))
        at += (inputs + 1) * units
    return result


def status(name):
    """Bytes of memory, as Linux counts them."""
    with open("/proc/self/status") as file:
        return 1024 * int(re.search(name + r":\s+(\d+)", file.read()).group(1))


def mark_memory():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")  # forget the peak so far
    return status("VmRSS")


def serve(work, before):
    """`work` has `version`, `check()`, `run(amount)`, and perhaps `note` and `reset()`, as in serve.ts."""
    answer(version=work.version, engine=f"Python {platform.python_version()}", note=getattr(work, "note", ""))
    reset = getattr(work, "reset", lambda: None)

    def measure(amount):
        reset()
        start = time.perf_counter()
        done = work.run(amount)
        return done / (time.perf_counter() - start), done

    def calibrate():
        start, amount = time.perf_counter(), 1
        while True:
            rate, done = measure(amount)
            wanted = max(1, round(rate * job["seconds"]))
            if wanted <= 2 * done and time.perf_counter() - start > 0.8:
                return wanted
            amount = min(wanted, 16 * done)

    amount = 0
    for line in sys.stdin:
        command = line.strip()
        if command == "check":
            answer(check=[float(x) for x in work.check()])
        elif command == "memory":
            answer(memory=status("VmHWM") - before)
        elif command == "measure":
            amount = amount or calibrate()
            rate, _ = measure(amount)
            amount = max(1, round(rate * job["seconds"]))
            answer(rate=rate)
