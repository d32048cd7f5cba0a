"""Golden numbers from PyTorch: activations, losses, optimizers, schedules and whole training runs."""

from torch_activations import activations
from torch_losses import losses
from torch_optimizers import optimizers, schedules
from torch_setup import torch
from torch_trajectories import trajectories
from write_json import write

META = {"torch": torch.__version__}

write("activations.json", {"meta": META, "cases": activations()})
write("losses.json", {"meta": META, "cases": losses()})
write("optimizers.json", {"meta": META, "cases": optimizers()})
write("schedules.json", {"meta": META, "cases": schedules()})
write("trajectories.json", {"meta": META, **trajectories()})
