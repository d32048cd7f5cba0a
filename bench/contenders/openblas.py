"""OpenBLAS at products, through numpy."""
import numpy
from blas import openblas
from serve import floats, mark_memory, serve, task


class Work:
    def __init__(self):
        numpy.dot(numpy.ones((64, 64), numpy.float32), numpy.ones((64, 64), numpy.float32))  # loads it
        version, core = openblas()
        self.note = f"kernels for {core}"
        self.version = f"OpenBLAS {version} (numpy {numpy.__version__})"
        numbers = floats("inputs")
        if task["kind"] == "product":
            b, i, u = task["batch"], task["inputs"], task["units"]
            shapes = {"y": ((b, i), (i, u)), "dW": ((b, i), (b, u)), "dx": ((b, u), (i, u))}[task["gives"]]
        else:
            size = task.get("size", 1024)
            shapes = (size, size), (size, size)
        (r, c), other = shapes
        first = numbers[: r * c].reshape(r, c)
        second = numbers[r * c : r * c + other[0] * other[1]].reshape(other)
        self.a = first.T if task.get("gives") == "dW" else first
        self.b = second.T if task.get("gives") == "dx" else second
        self.y = numpy.empty((self.a.shape[0], self.b.shape[1]), numpy.float32)
        self.items = 2e-9 * 1024**3 if task["kind"] == "peak" else 1  # in a product

    def check(self):
        numpy.dot(self.a, self.b, out=self.y)
        y = self.y.ravel()
        return [] if task["kind"] == "peak" else [y[i * (y.size - 1) // 15] for i in range(16)]

    def run(self, amount):
        count = int(-(-amount // self.items))
        for _ in range(count):
            if task["kind"] == "matmul":
                self.a @ self.b  # a new matrix each, as a user has it
            else:
                numpy.dot(self.a, self.b, out=self.y)
        return count * self.items


before = mark_memory()
serve(Work(), before)
