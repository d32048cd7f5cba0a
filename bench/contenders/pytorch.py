"""PyTorch at the work given as JSON: does it once for each line that comes in, and answers in milliseconds."""
import json
import sys
import time

import torch

work = json.loads(sys.argv[1])
torch.set_num_threads(1)
torch.manual_seed(1)
widths, batch, steps = work["widths"], work["batchSize"], work["steps"]
layers = []
for i, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
    layers += [torch.nn.Linear(inputs, outputs)] + ([torch.nn.ReLU()] if i < len(widths) - 2 else [])
model = torch.nn.Sequential(*layers)
adam = work["optimizer"] == "adam"
optimizer = torch.optim.Adam(model.parameters()) if adam else torch.optim.SGD(model.parameters(), lr=0.01)
x = torch.rand(batch, widths[0])
labels = torch.arange(batch) % max(2, widths[-1])
loss = torch.nn.CrossEntropyLoss() if widths[-1] > 1 else torch.nn.MSELoss()
target = labels if widths[-1] > 1 else labels.float().reshape(-1, 1)

for _ in sys.stdin:
    start = time.perf_counter()
    for _ in range(steps):
        optimizer.zero_grad()
        loss(model(x), target).backward()
        optimizer.step()
    print((time.perf_counter() - start) * 1000, flush=True)
