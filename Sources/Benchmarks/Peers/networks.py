"""The named networks, as PyTorch has them."""


def make(torch, inputs, dropout=True):
    """The network that the inputs name, with the weights that they hold."""
    nn = torch.nn
    name = next(key.split(".", 1)[1] for key in inputs if key.startswith("network."))
    network = {"small": small, "standard": standard, "large-kernel": large_kernel, "mlp": mlp}[name](nn)
    if not dropout:
        for module in network:
            if isinstance(module, nn.Dropout):
                module.p = 0.0
    prefix = "weights."
    weights = {name[len(prefix) :]: torch.from_numpy(value) for name, value in inputs.items() if name.startswith(prefix)}
    network.load_state_dict(weights)
    return network


def small(nn):
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(256, 10))


def standard(nn):
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(1024, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0.4), nn.Linear(256, 10))


def large_kernel(nn):
    return nn.Sequential(
        nn.Conv2d(1, 16, 15, padding=7), nn.ReLU(), nn.Conv2d(16, 16, 15, padding=7), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


def mlp(nn):
    return nn.Sequential(nn.Flatten(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
