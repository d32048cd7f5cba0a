"""PyTorch at training and predicting, in the loops that its users write."""
import os

import torch
from serve import floats, job, layers, mark_memory, serve, task

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
widths = task["widths"]
batch_size = task.get("batchSize")
sigmoid = task.get("activation") == "sigmoid"
classes = task.get("loss") == "softmaxCrossEntropy"


def make_model():
    modules = []
    for i, (weight, bias) in enumerate(layers()):
        linear = torch.nn.Linear(*weight.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight.T))
            linear.bias.copy_(torch.from_numpy(bias))
        last = i == len(widths) - 2
        if task["kind"] == "predict":
            follows = torch.nn.Softmax(dim=1) if last else torch.nn.ReLU()
        else:
            follows = torch.nn.Sigmoid() if sigmoid else None if last else torch.nn.ReLU()
        modules += [linear] if follows is None else [linear, follows]
    return torch.nn.Sequential(*modules)


class Training:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.model = make_model()
        self.first = [p.detach().clone() for p in self.model.parameters()]
        self.loss = torch.nn.CrossEntropyLoss() if classes else torch.nn.MSELoss()
        optimizer = torch.optim.Adam if task["optimizer"] == "adam" else torch.optim.SGD
        self.optimizer = optimizer(self.model.parameters(), lr=task["learningRate"])

    def reset(self):
        with torch.no_grad():
            for p, first in zip(self.model.parameters(), self.first):
                p.copy_(first)

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(x), y).backward()
        self.optimizer.step()

    def full_step(self):
        if not job["how"].get("pieces"):
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
        if batch_size == 1:  # a view of one row costs less than to gather it
            for r in order.tolist():
                self.step(self.x[r : r + 1], self.y[r : r + 1])
        else:
            for rows_of_batch in order.split(batch_size):
                self.step(self.x[rows_of_batch], self.y[rows_of_batch])

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
            rows, epochs = min(len(self.x), max(256, 20 * batch_size)), 1
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


class Predicting:
    def __init__(self, x):
        self.model = make_model().eval()
        self.batches = x.split(task["rows"])

    def check(self):
        with torch.no_grad():
            return self.model(self.batches[0])[0].tolist()

    def run(self, amount):
        calls = -(-amount // task["rows"])
        with torch.inference_mode():
            for i in range(calls):
                self.model(self.batches[i % len(self.batches)])
        return calls * task["rows"]


inputs = torch.from_numpy(floats("inputs")).reshape(-1, widths[0])
targets = torch.from_numpy(floats("targets"))
targets = targets.long() if classes else targets.reshape(-1, widths[-1])
before = mark_memory()
work = Training(inputs, targets) if task["kind"] == "train" else Predicting(inputs)
work.version = f"PyTorch {torch.__version__}"
serve(work, before)
