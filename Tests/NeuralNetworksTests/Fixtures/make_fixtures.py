"""Makes torch.npz: what PyTorch computes in float64 for the named networks. Versions used: see README.md."""

import numpy
import torch
from torch import nn

torch.manual_seed(20)
torch.set_default_dtype(torch.float64)

NETWORKS = {
    "small": (16, lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(256, 10))),
    "standard": (12, lambda: nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(576, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0), nn.Linear(256, 10))),
    "mlp": (16, lambda: nn.Sequential(nn.Flatten(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))),
    "large-kernel": (9, lambda: nn.Sequential(
        nn.Conv2d(1, 16, 15, padding=7), nn.ReLU(), nn.Conv2d(16, 16, 15, padding=7), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))),
}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.03, momentum=0.8, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.003, alpha=0.9, momentum=0.5, weight_decay=0.01),
    "clipped": lambda p: torch.optim.SGD(p, lr=0.5),
}
STEPS = 10


def start(shape, name):
    """Weights from a formula, so that they need no room: 0.1 * sin(0.7 * index + 1.3 * length of the name)."""
    count = int(numpy.prod(shape))
    if name.endswith("num_batches_tracked"):
        return torch.tensor(0)
    values = 0.1 * numpy.sin(0.7 * numpy.arange(count) + 1.3 * len(name))
    return torch.tensor(values + (1 if name.endswith("running_var") else 0)).reshape(shape)


def probe(tensor):
    """Three numbers that a wrong tensor misses: its sum, its norm, its product with cos(index)."""
    flat = tensor.detach().reshape(-1).double()
    cosines = torch.cos(torch.arange(flat.numel(), dtype=torch.float64))
    return numpy.array([flat.sum(), flat.norm(), flat @ cosines])


def images(count, size):
    return torch.tensor(numpy.sin(0.37 * numpy.arange(count * size * size)) + 0.5).reshape(count, 1, size, size)


def fresh(make):
    network = make()
    network.load_state_dict({name: start(tensor.shape, name) for name, tensor in network.state_dict().items()})
    return network


arrays = {}
for key, (size, make) in NETWORKS.items():
    x, y = images(7, size), torch.arange(7) % 10
    network = fresh(make)
    arrays[f"{key}/logits"] = network.eval()(x).detach().numpy()
    loss = nn.CrossEntropyLoss()(network.train()(x), y)
    loss.backward()
    arrays[f"{key}/loss"] = loss.detach().numpy()
    for name, parameter in network.named_parameters():
        arrays[f"{key}/gradient/{name}"] = (
            parameter.grad.numpy() if parameter.numel() <= 1200 else probe(parameter.grad))
    for optimizer_name, make_optimizer in OPTIMIZERS.items():
        network = fresh(make)
        optimizer = make_optimizer(network.parameters())
        for _ in range(STEPS):
            optimizer.zero_grad()
            nn.CrossEntropyLoss()(network(x), y).backward()
            if optimizer_name == "clipped":
                nn.utils.clip_grad_norm_(network.parameters(), 0.1)
            optimizer.step()
        for name, tensor in network.state_dict().items():
            arrays[f"{key}/{optimizer_name}/{name}"] = probe(tensor)

numpy.savez_compressed("torch.npz", **arrays)
