"""Makes losses.npz: what PyTorch computes in float64 for losses and schedules. Versions used: see README.md."""

import numpy
import torch
from torch import nn

torch.set_default_dtype(torch.float64)

ROWS, CLASSES = 7, 5
logits = 3 * torch.tensor(numpy.sin(0.9 * numpy.arange(ROWS * CLASSES) + 0.3)).reshape(ROWS, CLASSES)
values = torch.tensor(numpy.cos(0.7 * numpy.arange(ROWS * CLASSES))).reshape(ROWS, CLASSES)
shares = (values > 0).double()
labels = torch.arange(ROWS) * 2 % CLASSES
weights = torch.tensor([0.5, 1.0, 2.0, 0.25, 3.0])


def dice(z, t, s=1.0):
    p = torch.sigmoid(z)
    return (1 - (2 * (p * t).sum(1) + s) / (p.sum(1) + t.sum(1) + s)).mean()


LOSSES = {
    "cross entropy": (nn.CrossEntropyLoss(), labels),
    "smoothed": (nn.CrossEntropyLoss(label_smoothing=0.1), labels),
    "weighted": (nn.CrossEntropyLoss(weight=weights), labels),
    "weighted and smoothed": (nn.CrossEntropyLoss(weight=weights, label_smoothing=0.2), labels),
    "binary": (nn.BCEWithLogitsLoss(), shares),
    "squared": (nn.MSELoss(), values),
    "absolute": (nn.L1Loss(), values),
    "huber": (nn.HuberLoss(delta=0.7), values),
    "dice": (dice, shares),
    "poisson": (nn.PoissonNLLLoss(), shares),
}
arrays = {}
for name, (loss, target) in LOSSES.items():
    z = logits.clone().requires_grad_(True)
    value = loss(z, target)
    value.backward()
    arrays[f"{name}/loss"] = value.detach().numpy()
    arrays[f"{name}/gradient"] = z.grad.numpy()


def rates(make, epochs, losses=None):
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, result = make(optimizer), []
    for epoch in range(epochs):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([losses[epoch]] if losses is not None else []))
    return numpy.array(result)


schedulers = torch.optim.lr_scheduler
arrays["step"] = rates(lambda o: schedulers.StepLR(o, 3, 0.5), 10)
arrays["cosine"] = rates(lambda o: schedulers.CosineAnnealingLR(o, 12, 0.1), 12)
losses = 1 + numpy.abs(numpy.sin(0.8 * numpy.arange(30)))
arrays["validation"] = losses
arrays["plateau"] = rates(lambda o: schedulers.ReduceLROnPlateau(o, factor=0.5, patience=2, threshold=1e-3), 30, losses)
numpy.savez_compressed("losses.npz", **arrays)
