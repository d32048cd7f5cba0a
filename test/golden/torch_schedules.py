"""more_schedules.json: learning rates, and momenta, by finished steps; those that PyTorch lacks go through its LambdaLR, by their formula."""

from torch_optimizers import rates
from torch_setup import torch
from write_json import write

lr = torch.optim.lr_scheduler


def case(kind, options, base, count, build, last=()):
    return {"type": kind, "options": options, "rates": rates(base, count, build) + list(last)}


def one_cycle(options, count, **arguments):
    """PyTorch refuses to go on behind the last step; ours stays there."""
    build = lambda o: lr.OneCycleLR(o, options["peak"], total_steps=count + 1, cycle_momentum=False, **arguments)
    got = rates(options["peak"], count + 1, build)
    return {"type": "oneCycle", "options": {**options, "steps": count + 1}, "rates": got + [got[-1]] * 3}


def cyclic(options, count, **arguments):
    build = lambda o: lr.CyclicLR(o, options["low"], options["high"], cycle_momentum=False, **arguments)
    return case("cyclic", options, options["low"], count, build)


def momenta(count, build):
    """The momentum in force after 0, 1, 2 … finished steps."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)
    scheduler = build(optimizer)
    result = []
    for _ in range(count):
        result.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        scheduler.step()
    return result


def one_cycle_momentum(options, count, **arguments):
    got = momenta(count, lambda o: lr.OneCycleLR(o, 0.5, total_steps=count + 1, **arguments))
    return {"type": "oneCycleMomentum", "options": {**options, "steps": count + 1}, "rates": got}


def cyclic_momentum(options, count, **arguments):
    return {"type": "cyclicMomentum", "options": options, "rates": momenta(count, lambda o: lr.CyclicLR(o, 0.01, 0.1, **arguments))}


def schedules():
    milestones = {"initial": 0.1, "milestones": [3, 7, 7, 12], "factor": 0.5}
    polynomial = {"initial": 0.1, "steps": 9, "power": 2.5}
    line = {"initial": 0.1, "steps": 9}
    restarts = {"initial": 0.1, "steps": 5, "final": 0.001}
    inverse = {"initial": 0.1, "every": 4, "decay": 0.7}
    noam = {"units": 512, "warmup": 6, "scale": 2}
    vaswani = lambda t: 2 * 512**-0.5 * min((t + 1) ** -0.5, (t + 1) * 6**-1.5)
    return [
        case("multiStepDecay", milestones, 0.1, 16, lambda o: lr.MultiStepLR(o, [3, 7, 7, 12], gamma=0.5)),
        case("polynomialDecay", polynomial, 0.1, 9, lambda o: lr.PolynomialLR(o, total_iters=9, power=2.5), [0, 0]),
        case("polynomialDecay", {**line, "final": 0.02}, 0.1, 13, lambda o: lr.LinearLR(o, 1, 0.2, total_iters=9)),
        case("cosineRestarts", restarts, 0.1, 18, lambda o: lr.CosineAnnealingWarmRestarts(o, 5, 1, eta_min=0.001)),
        case(
            "cosineRestarts",
            {**restarts, "growth": 3},
            0.1,
            70,
            lambda o: lr.CosineAnnealingWarmRestarts(o, 5, 3, eta_min=0.001),
        ),
        one_cycle({"peak": 0.5}, 20),
        one_cycle({"peak": 0.5, "shape": "linear", "warmupShare": 0.45}, 16, anneal_strategy="linear", pct_start=0.45),
        one_cycle({"peak": 0.5, "warmupShare": 0}, 12, pct_start=0.0),
        one_cycle(
            {"peak": 2, "initialDivisor": 4, "finalDivisor": 10, "warmupShare": 0.25},
            15,
            div_factor=4,
            final_div_factor=10,
            pct_start=0.25,
        ),
        cyclic({"low": 0.01, "high": 0.1, "up": 4}, 20, step_size_up=4),
        cyclic({"low": 0.01, "high": 0.1, "up": 3, "down": 5}, 20, step_size_up=3, step_size_down=5),
        cyclic({"low": 0.01, "high": 0.1, "up": 3, "mode": "triangular2"}, 26, step_size_up=3, mode="triangular2"),
        cyclic(
            {"low": 0.01, "high": 0.1, "up": 3, "down": 4, "mode": "exponential", "factor": 0.9},
            26,
            step_size_up=3,
            step_size_down=4,
            mode="exp_range",
            gamma=0.9,
        ),
        one_cycle_momentum({}, 20),
        one_cycle_momentum(
            {"low": 0.6, "high": 0.99, "shape": "linear", "warmupShare": 0.45},
            16,
            base_momentum=0.6,
            max_momentum=0.99,
            anneal_strategy="linear",
            pct_start=0.45,
        ),
        cyclic_momentum({"up": 4}, 20, step_size_up=4),
        cyclic_momentum(
            {"up": 3, "down": 5, "mode": "triangular2", "low": 0.5, "high": 0.95},
            40,
            step_size_up=3,
            step_size_down=5,
            mode="triangular2",
            base_momentum=0.5,
            max_momentum=0.95,
        ),
        cyclic_momentum(
            {"up": 3, "down": 4, "mode": "exponential", "factor": 0.9},
            26,
            step_size_up=3,
            step_size_down=4,
            mode="exp_range",
            gamma=0.9,
        ),
        case("inverseTimeDecay", inverse, 0.1, 12, lambda o: lr.LambdaLR(o, lambda t: 1 / (1 + 0.7 * t / 4))),
        case("noam", noam, 1.0, 20, lambda o: lr.LambdaLR(o, vaswani)),
    ]


if __name__ == "__main__":
    write("more_schedules.json", {"meta": {"torch": torch.__version__}, "cases": schedules()})
