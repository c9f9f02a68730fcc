"""The networks of the fixtures as PyTorch modules."""

import torch
from torch import nn


class Residual(nn.ModuleList):
    def forward(self, x):
        return self[0](x) + self[1](x)


def small(classes, side):
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(16 * (side // 4) ** 2, classes))


def mlp(classes, side):
    return nn.Sequential(nn.Flatten(), nn.Linear(side * side, 128), nn.ReLU(), nn.Linear(128, classes))


def standard(classes, side):
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * (side // 4) ** 2, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0.4),
        nn.Linear(256, classes))


def large_kernel(classes, side):
    return nn.Sequential(
        nn.Conv2d(1, 16, 15, padding=7), nn.ReLU(), nn.Conv2d(16, 16, 15, padding=7), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, classes))


def residual(classes, side):
    """The network of residual.yaml."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, stride=2, padding=2, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
        Residual([
            nn.Sequential(nn.Conv2d(6, 6, 3, padding=1), nn.BatchNorm2d(6), nn.LeakyReLU(0.1)), nn.Identity()]),
        nn.AvgPool2d(2), nn.Flatten(), nn.Linear(6 * (side // 4) ** 2, classes))


networks = {"small": small, "mlp": mlp, "standard": standard, "large-kernel": large_kernel, "residual": residual}
