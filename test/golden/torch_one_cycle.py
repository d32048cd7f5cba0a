"""one_cycle.json: parameters after each step where PyTorch's OneCycleLR changes rate and momentum."""

from torch_optimizers import SHAPES, STEPS, gradients, make
from torch_setup import generator, normals, numbers, torch
from write_json import write

PEAK = 0.05
CASES = [
    ("SGD", {"learningRate": PEAK, "momentum": 0.9}),
    ("SGD", {"learningRate": PEAK, "momentum": 0.9, "nesterov": True}),
    ("RMSprop", {"learningRate": PEAK, "momentum": 0.9}),
]


def case(kind, options):
    g = generator(302)
    parameters = [normals(g, *shape, "float64") for shape in SHAPES]
    start = [{"rows": p.shape[0], "cols": p.shape[1], "value": numbers(p)} for p in parameters]
    steps = gradients(g, "float64")
    optimizer = make(kind, [p.requires_grad_() for p in parameters], options)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK, total_steps=STEPS + 1)
    values = []
    for step in steps:
        for parameter, gradient in zip(parameters, step):
            parameter.grad = gradient.clone()
        optimizer.step()
        scheduler.step()
        values.append([numbers(p) for p in parameters])
    written = [[numbers(t) for t in step] for step in steps]
    return {"type": kind, "options": options, "dtype": "float64", "parameters": start, "gradients": written, "values": values}


cases = [case(*one) for one in CASES]
write("one_cycle.json", {"meta": {"torch": torch.__version__}, "peak": PEAK, "steps": STEPS + 1, "cases": cases})
