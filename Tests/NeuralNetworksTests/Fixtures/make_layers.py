"""Makes layers.npz: what PyTorch computes in float64 for single layers. Versions used: see README.md.

For each case the outputs and all gradients of the function sum(g * y), where images, weights and g are formulas that the
script and the tests share.
"""

import numpy
import torch
from torch import fft, nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)


def wave(shape, frequency, phase):
    count = int(numpy.prod(shape))
    return torch.tensor(numpy.sin(frequency * numpy.arange(count) + phase)).reshape(shape)


class Padded(nn.Module):
    """A convolution of an image in a border that PyTorch's own padding modes do not have."""

    def __init__(self, convolution, sides, mode="constant", value=0.0):
        super().__init__()
        self.convolution, self.sides, self.mode, self.value = convolution, sides, mode, value

    def forward(self, x):
        if self.mode == "constant":
            return self.convolution(functional.pad(x, self.sides, value=self.value))
        return self.convolution(functional.pad(x, self.sides, mode=self.mode))


class Symmetric(nn.Module):
    def __init__(self, convolution, margin):
        super().__init__()
        self.convolution, self.margin = convolution, margin

    def forward(self, x):
        for axis in (2, 3):
            n = x.shape[axis]
            places = numpy.pad(numpy.arange(n), self.margin, mode="symmetric")
            x = x.index_select(axis, torch.tensor(places))
        return self.convolution(x)


class UnitBias(nn.Module):
    def __init__(self, channels, filters, kernel, stride, output):
        super().__init__()
        self.stride = stride
        self.weight = nn.Parameter(torch.zeros(filters, channels, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(filters, *output))

    def forward(self, x):
        return functional.conv2d(x, self.weight, stride=self.stride) + self.bias


class Connected(nn.Module):
    """A convolution whose filters see some planes each; `weight` holds the kernels of the pairs that exist."""

    def __init__(self, table, channels, kernel):
        super().__init__()
        self.table, self.channels, self.kernel = table, channels, kernel
        self.weight = nn.Parameter(torch.zeros(sum(map(len, table)), kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(len(table)))

    def forward(self, x):
        rows, place = [], 0
        for planes in self.table:
            row = [torch.zeros(self.kernel, self.kernel)] * self.channels
            for plane in planes:
                row[plane] = self.weight[place]
                place += 1
            rows.append(torch.stack(row))
        return functional.conv2d(x, torch.stack(rows), self.bias, padding=1)


class Local(nn.Module):
    def __init__(self, channels, filters, kernel, stride, sides, output):
        super().__init__()
        self.kernel, self.stride, self.sides, self.output = kernel, stride, sides, output
        self.weight = nn.Parameter(torch.zeros(filters, channels, kernel, kernel, *output))
        self.bias = nn.Parameter(torch.zeros(filters, *output))

    def forward(self, x):
        x = functional.pad(x, self.sides).unfold(2, self.kernel, self.stride).unfold(3, self.kernel, self.stride)
        return torch.einsum("ncijuv,fcuvij->nfij", x, self.weight) + self.bias


class GlobalFilter(nn.Module):
    def __init__(self, channels, height, width):
        super().__init__()
        self.width = width
        self.weight = nn.Parameter(torch.zeros(channels, height, width // 2 + 1, 2))

    def forward(self, x):
        return fft.irfft2(fft.rfft2(x) * torch.view_as_complex(self.weight), s=x.shape[-2:])


class SpectralPool(nn.Module):
    def __init__(self, height, width):
        super().__init__()
        self.sizes = (height, width)

    def forward(self, x):
        for axis, size in zip((2, 3), self.sizes):
            n = x.shape[axis]
            if size == n:
                continue
            spectrum = fft.fft(x, dim=axis).movedim(axis, -1)
            half = (size - 1) // 2
            kept = [spectrum[..., : half + 1]]
            if size % 2 == 0:
                kept.append((spectrum[..., size // 2 : size // 2 + 1] + spectrum[..., n - size // 2 : n - size // 2 + 1]) / 2)
            if half:
                kept.append(spectrum[..., n - half :])
            x = fft.ifft(torch.cat(kept, -1), dim=-1).real.movedim(-1, axis) * size / n
        return x


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, squeezed):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(channels, squeezed, 1), nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(torch.relu(self.fc1(x.mean((2, 3), keepdim=True)))))


conv = nn.Conv2d
CASES = {
    "conv": (lambda: conv(2, 3, 3), (3, 2, 7, 5)),
    "conv padding": (lambda: conv(2, 3, 3, padding=1), (1, 2, 5, 7)),
    "conv stride": (lambda: conv(2, 3, 3, stride=2, padding=1), (3, 2, 6, 9)),
    "conv not square": (lambda: conv(1, 2, (3, 2), stride=(1, 2), padding=(0, 1)), (2, 1, 6, 5)),
    "conv dilated": (lambda: conv(2, 3, 3, padding=2, dilation=2), (3, 2, 7, 8)),
    "conv dilated stride": (lambda: conv(2, 2, 3, stride=3, padding=(1, 2), dilation=(1, 2)), (1, 2, 8, 11)),
    "conv groups": (lambda: conv(4, 6, 3, padding=1, groups=2), (3, 4, 5, 5)),
    "conv depthwise": (lambda: conv(3, 6, 3, padding=1, groups=3), (2, 3, 5, 6)),
    "conv same even": (lambda: conv(2, 2, 4, padding="same"), (2, 2, 5, 6)),
    "conv large": (lambda: conv(3, 4, 9, padding=4), (3, 3, 8, 7)),
    "conv no bias": (lambda: conv(2, 2, 1, bias=False), (2, 2, 3, 3)),
    "conv asymmetric": (lambda: Padded(conv(2, 3, 3, stride=2), (0, 1, 2, 0)), (3, 2, 6, 8)),
    "conv padding value": (lambda: Padded(conv(2, 3, 3, stride=2), (1, 2, 1, 2), value=-1.0), (3, 2, 6, 7)),
    "conv circular": (lambda: Padded(conv(2, 3, 3), (1, 1, 1, 1), "circular"), (2, 2, 5, 6)),
    "conv reflect": (lambda: Padded(conv(2, 3, 5), (2, 2, 2, 2), "reflect"), (2, 2, 5, 6)),
    "conv replicate": (lambda: Padded(conv(2, 3, 3, stride=2), (1, 1, 1, 1), "replicate"), (2, 2, 5, 6)),
    "conv symmetric": (lambda: Symmetric(conv(2, 3, 5), 2), (2, 2, 5, 6)),
    "conv unit bias": (lambda: UnitBias(2, 3, 3, 2, (2, 3)), (3, 2, 6, 7)),
    "conv connections": (lambda: Connected([[0, 2], [1], [0, 1, 2]], 3, 3), (3, 3, 5, 6)),
    "separable": (lambda: nn.Sequential(conv(3, 3, 3, padding=1, groups=3), conv(3, 5, 1)), (2, 3, 5, 6)),
    "conv1d": (lambda: nn.Conv1d(2, 4, 3, stride=2, padding=2, dilation=2, groups=2), (3, 2, 11)),
    "transposed": (lambda: nn.ConvTranspose2d(2, 3, 3), (3, 2, 4, 5)),
    "transposed stride": (
        lambda: nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2), (3, 4, 4, 5)),
    "transposed dilated": (lambda: nn.ConvTranspose2d(2, 3, (2, 3), stride=(3, 2), dilation=2, bias=False), (1, 2, 3, 4)),
    "local": (lambda: Local(2, 3, 3, 2, (0, 1, 0, 1), (4, 3)), (3, 2, 8, 7)),
    "local padded": (lambda: Local(2, 2, 5, 1, (2, 2, 2, 2), (4, 6)), (1, 2, 4, 6)),
    "dense": (lambda: nn.Linear(7, 5), (3, 7)),
    "max pool": (lambda: nn.MaxPool2d(2), (3, 2, 7, 9)),
    "max pool overlapping": (lambda: nn.MaxPool2d(3, stride=2, padding=1), (2, 2, 6, 7)),
    "average pool": (lambda: nn.AvgPool2d(3, stride=2, padding=1), (3, 2, 6, 7)),
    "adaptive average pool": (lambda: nn.AdaptiveAvgPool2d((3, 4)), (3, 2, 7, 9)),
    "global average pool": (lambda: nn.AdaptiveAvgPool2d(1), (3, 2, 5, 4)),
    "global max pool": (lambda: nn.AdaptiveMaxPool2d(1), (3, 2, 5, 4)),
    "spectral pool even": (lambda: SpectralPool(4, 6), (3, 2, 8, 9)),
    "spectral pool odd": (lambda: SpectralPool(5, 3), (1, 2, 9, 3)),
    "global filter even": (lambda: GlobalFilter(2, 6, 8), (3, 2, 6, 8)),
    "global filter odd": (lambda: GlobalFilter(2, 5, 7), (1, 2, 5, 7)),
    "squeeze excitation": (lambda: SqueezeExcitation(4, 2), (3, 4, 5, 3)),
    "batch norm 1d": (lambda: nn.BatchNorm1d(5), (7, 5)),
    "batch norm signals": (lambda: nn.BatchNorm1d(3), (3, 3, 5)),
    "batch norm 2d": (lambda: nn.BatchNorm2d(3), (3, 3, 5, 4)),
    "batch norm one image": (lambda: nn.BatchNorm2d(3), (1, 3, 5, 4)),
    "batch norm evaluation": (lambda: nn.BatchNorm2d(3).eval(), (3, 3, 5, 4)),
    "layer norm": (lambda: nn.LayerNorm([4, 3]), (3, 2, 4, 3)),
    "gelu": (lambda: nn.GELU(), (3, 7)),
    "gelu tanh": (lambda: nn.GELU(approximate="tanh"), (3, 7)),
    "leaky relu": (lambda: nn.LeakyReLU(0.2), (3, 2, 4, 3)),
    "relu": (lambda: nn.ReLU(), (3, 2, 4, 3)),
    "tanh": (lambda: nn.Tanh(), (3, 7)),
    "sigmoid": (lambda: nn.Sigmoid(), (3, 7)),
    "softmax": (lambda: nn.Softmax(dim=1), (3, 7)),
    "softmax channels": (lambda: nn.Softmax(dim=1), (3, 4, 2, 3)),
    "upsample nearest": (lambda: nn.Upsample(scale_factor=(2, 3)), (3, 2, 3, 4)),
    "upsample bilinear": (lambda: nn.Upsample(scale_factor=2, mode="bilinear"), (3, 2, 3, 5)),
    "upsample corners": (lambda: nn.Upsample(scale_factor=3, mode="bilinear", align_corners=True), (1, 2, 3, 5)),
    "zero pad": (lambda: nn.ZeroPad2d((1, 2, 0, 3)), (3, 2, 3, 4)),
    "crop": (lambda: nn.ZeroPad2d((-1, -2, 0, -1)), (3, 2, 4, 6)),
}

arrays = {}
for key, (make, shape) in CASES.items():
    module = make()
    for name, parameter in module.named_parameters():
        parameter.data = wave(parameter.shape, 0.7, 1.3 * len(name.split(".")[-1])) / 2
    x = (1.5 * wave(shape, 0.37, 0.2)).requires_grad_(True)
    y = module(x)
    (y * wave(y.shape, 0.53, 0.4)).sum().backward()
    arrays[f"{key}/y"] = y.detach().numpy()
    arrays[f"{key}/x"] = x.grad.numpy()
    for number, parameter in enumerate(module.parameters()):
        arrays[f"{key}/{number}"] = parameter.grad.numpy()

numpy.savez_compressed("layers.npz", **arrays)
