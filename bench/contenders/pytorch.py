"""PyTorch at training and predicting, in the loops that its users write."""
import os

import torch
import torch.nn.functional as F
from blas import openblas
from serve import floats, job, layers, mark_memory, serve, task

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
how = job["how"]
widths = task["widths"]
batch_size = task.get("batchSize")
classes = task.get("loss") == "softmaxCrossEntropy"
hidden = torch.sigmoid if task.get("activation") == "sigmoid" else F.relu


def parameters():
    """W [units × inputs] and b, layer by layer."""
    pairs = [(torch.from_numpy(w.T.copy()), torch.from_numpy(b.copy())) for w, b in layers()]
    return [p for pair in pairs for p in pair]


class Training:
    """
    Functions of parameters, which PyTorch does up to a tenth faster than an nn.Sequential. Tried, and no better: tracing
    and scripting (torch.jit), optimizers with foreach, gradients that are kept and cleared.
    """

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.first = parameters()
        self.parameters = [p.clone().requires_grad_() for p in self.first]
        self.loss = F.cross_entropy if classes else F.mse_loss
        optimizer = torch.optim.Adam if task["optimizer"] == "adam" else torch.optim.SGD
        self.optimizer = optimizer(self.parameters, lr=task["learningRate"])
        self.rows = list(zip(x.split(1), y.split(1))) if batch_size == 1 else []

    def model(self, x):
        *lower, (weight, bias) = zip(self.parameters[::2], self.parameters[1::2])
        for w, b in lower:
            x = hidden(F.linear(x, w, b))
        x = F.linear(x, weight, bias)
        return torch.sigmoid(x) if hidden is torch.sigmoid else x

    def reset(self):
        with torch.no_grad():
            for p, first in zip(self.parameters, self.first):
                p.copy_(first)

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(x), y).backward()
        self.optimizer.step()

    def full_step(self):
        if not how.get("pieces"):
            return self.step(self.x, self.y)
        self.optimizer.zero_grad(set_to_none=True)
        for x, y in zip(self.x.split(512), self.y.split(512)):
            (self.loss(self.model(x), y) * (len(x) / len(self.x))).backward()
        self.optimizer.step()

    def epoch(self, rows, shuffle):
        if task["by"] == "trainBatch":
            return self.step(self.x, self.y)
        if batch_size == "full":
            return self.full_step()
        order = torch.randperm(rows) if shuffle else torch.arange(rows)
        if batch_size == 1:  # views of single rows cost less than to gather them
            for r in order.tolist():
                self.step(*self.rows[r])
        else:
            for batch in order.split(batch_size):
                self.step(self.x.index_select(0, batch), self.y.index_select(0, batch))

    def check(self):
        measured = min(len(self.x), 512)

        def loss():
            with torch.no_grad():
                return self.loss(self.model(self.x[:measured]), self.y[:measured]).item()

        before = loss()
        if task["by"] == "trainBatch":
            rows, epochs = len(self.x), 50
        elif batch_size == "full":
            rows, epochs = len(self.x), 2
        else:
            rows, epochs = min(len(self.x), max(256, 10 * batch_size)), 1
        for _ in range(epochs):
            self.epoch(rows, False)
        return before, loss()

    def run(self, amount):
        step = len(self.x) if batch_size == "full" or task["by"] == "trainBatch" else batch_size
        rows = min(len(self.x), step * -(-amount // step))
        epochs = max(1, round(amount / rows))
        for _ in range(epochs):
            self.epoch(rows, True)
        return rows * epochs


inputs = torch.from_numpy(floats("inputs")).reshape(-1, widths[0])
if task["kind"] == "train":
    targets = torch.from_numpy(floats("targets"))
    targets = targets.long() if classes else targets.reshape(-1, widths[-1])
before = mark_memory()
if task["kind"] == "train":
    work = Training(inputs, targets)
else:
    from pytorch_predicting import Predicting

    work = Predicting(inputs, parameters())
work.version = f"PyTorch {torch.__version__}"
capability = next(line for line in torch.__config__.show().splitlines() if "capability" in line).split(": ")[1]
work.note = f"{capability.replace('NO AVX', 'no AVX')}, products in OpenBLAS for {openblas()[1]}"
serve(work, before)
