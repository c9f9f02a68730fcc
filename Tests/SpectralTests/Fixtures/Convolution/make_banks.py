"""Makes banks.npz: what PyTorch's conv2d, conv1d, conv_transpose2d and conv_transpose1d compute in float64, with gradients.

Inputs are formulas, so that they need no room. Run in this folder with PyTorch 2.13.0: python make_banks.py
"""

import numpy as np
import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)

# images, bank, stride, dilation, groups, padding as numpy.pad has it per axis, boundary
FORWARD = {
    "plain": ((2, 3, 8, 7), (4, 3, 3, 3), (1, 1), (1, 1), 1, ((1, 1), (1, 1)), "constant"),
    "even kernel": ((2, 2, 6, 9), (3, 2, 4, 2), (1, 1), (1, 1), 1, ((1, 2), (0, 1)), "constant"),
    "stride": ((2, 3, 9, 10), (5, 3, 3, 2), (2, 3), (1, 1), 1, ((1, 1), (0, 0)), "constant"),
    "dilation": ((1, 2, 11, 12), (3, 2, 3, 3), (1, 1), (2, 3), 1, ((2, 2), (3, 3)), "constant"),
    "stride and dilation": ((2, 2, 12, 11), (3, 2, 2, 3), (2, 2), (3, 2), 1, ((3, 0), (1, 4)), "constant"),
    "groups": ((2, 6, 7, 6), (4, 3, 3, 3), (1, 1), (1, 1), 2, ((1, 1), (1, 1)), "constant"),
    "depth-wise": ((2, 4, 8, 8), (8, 1, 5, 3), (2, 1), (1, 1), 4, ((2, 2), (1, 1)), "constant"),
    "asymmetric": ((1, 2, 6, 5), (2, 2, 4, 3), (1, 2), (1, 1), 1, ((3, 0), (1, 2)), "constant"),
    "circular": ((2, 2, 6, 7), (3, 2, 3, 4), (1, 1), (1, 1), 1, ((1, 1), (1, 2)), "circular"),
    "reflect": ((2, 2, 6, 7), (3, 2, 5, 3), (2, 1), (1, 1), 1, ((2, 2), (1, 1)), "reflect"),
    "replicate": ((2, 2, 6, 7), (3, 2, 3, 5), (1, 1), (2, 1), 1, ((2, 2), (3, 1)), "replicate"),
    "large kernel": ((1, 2, 16, 16), (2, 2, 15, 15), (1, 1), (1, 1), 1, ((7, 7), (7, 7)), "constant"),
    "one by one": ((2, 5, 4, 4), (3, 5, 1, 1), (1, 1), (1, 1), 1, ((0, 0), (0, 0)), "constant"),
    "signals": ((2, 3, 20), (4, 3, 5), (1,), (1,), 1, ((2, 2),), "constant"),
    "grouped signals": ((3, 4, 17), (4, 2, 4), (2,), (3,), 2, ((1, 4),), "constant"),
}
# outputs, bank, stride, dilation, groups, padding, output padding
TRANSPOSED = {
    "plain": ((2, 3, 5, 4), (3, 2, 3, 3), (1, 1), (1, 1), 1, (0, 0), (0, 0)),
    "stride": ((2, 3, 5, 4), (3, 2, 4, 3), (2, 3), (1, 1), 1, (1, 1), (1, 2)),
    "dilation": ((1, 2, 6, 5), (2, 3, 3, 2), (1, 1), (2, 3), 1, (2, 1), (0, 0)),
    "groups": ((2, 4, 4, 5), (4, 3, 3, 3), (2, 2), (1, 1), 2, (1, 0), (1, 0)),
    "depth-wise": ((2, 4, 6, 6), (4, 1, 4, 4), (2, 2), (1, 1), 4, (1, 1), (0, 0)),
    "signals": ((2, 3, 9), (3, 2, 4), (2,), (1,), 1, (1,), (1,)),
}


def wave(shape, rate, requires_grad=True):
    values = np.sin(rate * np.arange(np.prod(shape)) + 0.3).reshape(shape)
    return torch.tensor(values, requires_grad=requires_grad)


def flags(*words):
    return np.concatenate([np.atleast_1d(np.array(word)).reshape(-1) for word in words])


arrays = {}


def keep(kind, key, x, k, y, settings):
    g = wave(y.shape, 1.31, requires_grad=False)
    y.backward(g)
    arrays[f"{kind}/{key}/settings"] = settings
    arrays[f"{kind}/{key}/images"] = np.array(x.shape)
    arrays[f"{kind}/{key}/bank"] = np.array(k.shape)
    arrays[f"{kind}/{key}/result"] = y.detach().numpy()
    arrays[f"{kind}/{key}/image gradient"] = x.grad.numpy()
    arrays[f"{kind}/{key}/bank gradient"] = k.grad.numpy()


for key, (image, bank, stride, dilation, groups, padding, boundary) in FORWARD.items():
    x, k = wave(image, 0.37), wave(bank, 0.71)
    extended = functional.pad(x, [n for axis in reversed(padding) for n in axis], mode=boundary)
    function = functional.conv2d if len(stride) == 2 else functional.conv1d
    y = function(extended, k, stride=stride, dilation=dilation, groups=groups)
    name = {"constant": "zero"}.get(boundary, boundary)
    keep(f"forward {name}", key, x, k, y, flags(stride, dilation, groups, padding))
for key, (image, bank, stride, dilation, groups, padding, output_padding) in TRANSPOSED.items():
    x, k = wave(image, 0.37), wave(bank, 0.71)
    function = functional.conv_transpose2d if len(stride) == 2 else functional.conv_transpose1d
    y = function(x, k, stride=stride, dilation=dilation, groups=groups, padding=padding, output_padding=output_padding)
    keep("transposed", key, x, k, y, flags(stride, dilation, groups, padding, output_padding))

np.savez_compressed("banks.npz", **arrays)
print("PyTorch", torch.__version__, "NumPy", np.__version__)
