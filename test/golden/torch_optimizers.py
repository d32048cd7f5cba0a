"""optimizers.json and schedules.json: parameters after each step, and learning rates by finished steps."""

import inspect

import torch

from torch_setup import DTYPES, generator, normals, numbers

STEPS = 12
SHAPES = [(3, 4), (1, 5)]
TORCH_NAMES = {
    "learningRate": "lr", "momentum": "momentum", "nesterov": "nesterov", "weightDecay": "weight_decay", "epsilon": "eps",
    "amsgrad": "amsgrad", "lrDecay": "lr_decay", "initialAccumulator": "initial_accumulator_value", "rho": "rho",
    "alpha": "alpha", "centered": "centered", "history": "history_size",
}

CASES = [
    ("SGD", {"learningRate": 0.1}),
    ("SGD", {"learningRate": 0.1, "momentum": 0.9}),
    ("SGD", {"learningRate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"learningRate": 0.1, "weightDecay": 0.01}),
    ("SGD", {"learningRate": 0.1, "momentum": 0.9, "nesterov": True, "weightDecay": 0.01}),
    ("Adam", {"learningRate": 0.01}),
    ("Adam", {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6}),
    ("Adam", {"learningRate": 0.01, "weightDecay": 0.05}),
    ("Adam", {"learningRate": 0.01, "amsgrad": True}),
    ("Adam", {"learningRate": 0.01, "amsgrad": True, "beta1": 0.8, "beta2": 0.7, "weightDecay": 0.05}),
    ("AdamW", {"learningRate": 0.01}),
    ("AdamW", {"learningRate": 0.01, "weightDecay": 0.5, "amsgrad": True}),
    ("Adagrad", {"learningRate": 0.1}),
    ("Adagrad", {"learningRate": 0.1, "lrDecay": 0.1, "initialAccumulator": 0.5, "epsilon": 1e-6, "weightDecay": 0.01}),
    ("Adadelta", {"learningRate": 1}),
    ("Adadelta", {"learningRate": 0.5, "rho": 0.8, "epsilon": 1e-3, "weightDecay": 0.01}),
    ("RMSprop", {"learningRate": 0.01}),
    ("RMSprop", {"learningRate": 0.01, "alpha": 0.9, "momentum": 0.8, "epsilon": 1e-4}),
    ("RMSprop", {"learningRate": 0.01, "alpha": 0.9, "centered": True, "weightDecay": 0.01}),
    ("RMSprop", {"learningRate": 0.01, "centered": True, "momentum": 0.8}),
    ("Adamax", {"learningRate": 0.01}),
    ("Adamax", {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-4, "weightDecay": 0.01}),
    ("RAdam", {"learningRate": 0.01}),
    ("RAdam", {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6, "weightDecay": 0.01}),
    ("Rprop", {"learningRate": 0.01}),
    ("Rprop", {"learningRate": 0.1, "etaMinus": 0.4, "etaPlus": 1.5, "minStep": 0.05, "maxStep": 0.4}),
    ("LBFGS", {"learningRate": 0.5, "lineSearch": "none"}),
    ("LBFGS", {"learningRate": 0.5, "lineSearch": "none", "history": 3}),
]


def make(kind, parameters, options):
    """The optimizer named as in chainrule; foreach and fused off, where they exist, for the plain textbook loop."""
    optimizer = getattr(torch.optim, kind)
    known = inspect.signature(optimizer).parameters
    arguments = {TORCH_NAMES[k]: v for k, v in options.items() if k in TORCH_NAMES}
    if "betas" in known:
        arguments["betas"] = (options.get("beta1", 0.9), options.get("beta2", 0.999))
    if kind == "Rprop":
        arguments["etas"] = (options.get("etaMinus", 0.5), options.get("etaPlus", 1.2))
        arguments["step_sizes"] = (options.get("minStep", 1e-6), options.get("maxStep", 50))
    if kind == "LBFGS":
        arguments = {"history_size": 10, "max_iter": 1, **arguments}
    arguments.update({flag: False for flag in ("foreach", "fused") if flag in known})
    return optimizer(parameters, **arguments)


def gradients(g, dtype):
    """Per element a scale from 1e-6 to 1e3, mostly of one sign: a float32 walk that returned to 0 would keep no digits."""
    result = []
    for step in range(STEPS):
        tensors = []
        for rows, cols in SHAPES:
            scale = 10 ** torch.linspace(-6, 3, rows * cols, dtype=torch.float64).reshape(rows, cols)
            tensors.append((scale * (1 + 0.5 * normals(g, rows, cols))).to(DTYPES[dtype]))
        # Exactly zero from the start (Adam's 0 / (0 + ε)), and everything zero for one later step.
        tensors[0][0, 0:2] = 0 if step < 5 else tensors[0][0, 0:2]
        tensors[1] *= 0 if step == 6 else 1
        result.append(tensors)
    return result


def optimizer_case(kind, options, dtype, frozen=()):
    """In the steps of `frozen` the second parameter has no gradient."""
    g = generator(300)
    parameters = [normals(g, *shape, dtype) for shape in SHAPES]
    start = [{"rows": p.shape[0], "cols": p.shape[1], "value": numbers(p)} for p in parameters]
    steps = gradients(g, dtype)
    optimizer = make(kind, [p.requires_grad_() for p in parameters], options)
    values = []
    for step in steps:
        for parameter, gradient in zip(parameters, step):
            parameter.grad = gradient.clone()
        if len(values) in frozen:
            parameters[1].grad = None
        optimizer.step(lambda: torch.zeros(()))  # a closure for LBFGS; the gradients are there already
        values.append([numbers(p) for p in parameters])
    written = [[numbers(t) for t in step] for step in steps]
    return {"type": kind, "options": options, "dtype": dtype, "parameters": start, "gradients": written, "values": values}


def optimizers():
    """But for one walk, which float32 sums of PyTorch's, over gradients of all sizes, lead astray."""
    cases = [(kind, options, dtype) for kind, options in CASES for dtype in DTYPES]
    return [optimizer_case(*case) for case in cases if not ("history" in case[1] and case[2] == "float32")]


def rates(initial, count, build):
    """The learning rate in force after 0, 1, 2 … finished steps."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=initial)
    scheduler = build(optimizer)
    result = []
    for _ in range(count):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return result


def schedules():
    lr = torch.optim.lr_scheduler
    step = {"initial": 0.1, "every": 7, "factor": 0.5}
    exponential = {"initial": 0.1, "factor": 0.9}
    cosine = {"initial": 0.1, "steps": 20, "final": 0.001}
    cosine_rates = rates(0.1, 21, lambda o: lr.CosineAnnealingLR(o, T_max=20, eta_min=0.001))
    return [
        {"type": "stepDecay", "options": step, "rates": rates(0.1, 30, lambda o: lr.StepLR(o, 7, gamma=0.5))},
        {"type": "exponentialDecay", "options": exponential, "rates": rates(0.1, 30, lambda o: lr.ExponentialLR(o, 0.9))},
        # PyTorch's cosine climbs again after T_max; ours stays at `final`.
        {"type": "cosineDecay", "options": cosine, "rates": cosine_rates[:20] + [0.001] * 10},
    ]
