"""Convolution over the last axes as the peers' users write it: mode `same`, zero boundary, leading axes broadcast.

The kernel has one axis for each axis of the convolution; a bank of kernels has one more.
"""

import numpy
import scipy.fft
import scipy.signal

from candidate import Candidate
from libraries import load_torch

LARGEST_CONV2D = 31  # with wider kernels PyTorch's conv2d takes hundreds of times as long as its transforms


def one_shot(images, kernel, axes):
    """Every call starts from the kernel's samples."""
    runs = {
        "scipy fftconvolve": scipy_signal(scipy.signal.fftconvolve, images, kernel, axes),
        "scipy oaconvolve": scipy_signal(scipy.signal.oaconvolve, images, kernel, axes),
    }
    torch = load_torch()
    if torch:
        runs["torch.fft"] = torch_fft(torch, images, kernel, axes)
    return with_conv2d(runs, torch, images, kernel, axes)


def prepared(images, kernel, axes):
    """The kernel's spectrum is kept, as a plan keeps it."""
    runs = {"scipy.fft, kernel kept": scipy_prepared(images, kernel, axes)}
    torch = load_torch()
    if torch:
        runs["torch.fft, kernel kept"] = torch_prepared(torch, images, kernel, axes)
    return with_conv2d(runs, torch, images, kernel, axes)


def with_conv2d(runs, torch, images, kernel, axes):
    if torch and axes == 2 and max(kernel.shape[-2:]) <= LARGEST_CONV2D:
        runs["torch conv2d"] = torch_conv2d(torch, images, kernel)
    return {name: Candidate(run, lambda run=run: {"output": numpy.ascontiguousarray(run())}) for name, run in runs.items()}


class Geometry:
    """Where the outputs of `same` lie in a transform of a fast size, long enough that what wraps round misses them."""

    def __init__(self, images, kernel, axes):
        sizes = list(zip(images.shape[-axes:], kernel.shape[-axes:]))
        self.axes = tuple(range(-axes, 0))
        self.size = tuple(scipy.fft.next_fast_len(n + k // 2, real=True) for n, k in sizes)
        self.part = (..., *(slice((k - 1) // 2, (k - 1) // 2 + n) for n, k in sizes))


def scipy_signal(function, images, kernel, axes):
    """Batches and banks take mode `full` and a crop: mode `same` would crop the leading axes as well."""
    if images.ndim == kernel.ndim:
        return lambda: function(images, kernel, "same")
    part = Geometry(images, kernel, axes).part
    images, kernel = (array if array.ndim > axes else array[None] for array in (images, kernel))
    return lambda: function(images, kernel, "full", axes=range(1, axes + 1))[part]


def scipy_prepared(images, kernel, axes):
    geometry = Geometry(images, kernel, axes)
    kept = scipy.fft.rfftn(kernel, geometry.size, geometry.axes)

    def run():
        spectrum = scipy.fft.rfftn(images, geometry.size, geometry.axes)
        spectrum *= kept
        return scipy.fft.irfftn(spectrum, geometry.size, geometry.axes, overwrite_x=True)[geometry.part]

    return run


def torch_fft(torch, images, kernel, axes):
    geometry = Geometry(images, kernel, axes)
    images, kernel = torch.from_numpy(images), torch.from_numpy(kernel)
    more, fewer = (images, kernel) if images.ndim >= kernel.ndim else (kernel, images)

    @torch.inference_mode()
    def run():
        spectrum = torch.fft.rfftn(more, geometry.size, geometry.axes)
        spectrum *= torch.fft.rfftn(fewer, geometry.size, geometry.axes)
        return torch.fft.irfftn(spectrum, geometry.size, geometry.axes)[geometry.part]

    return run


def torch_prepared(torch, images, kernel, axes):
    geometry = Geometry(images, kernel, axes)
    images = torch.from_numpy(images)
    kept = torch.fft.rfftn(torch.from_numpy(kernel), geometry.size, geometry.axes)

    @torch.inference_mode()
    def run():
        spectrum = torch.fft.rfftn(images, geometry.size, geometry.axes)
        spectrum *= kept
        return torch.fft.irfftn(spectrum, geometry.size, geometry.axes)[geometry.part]

    return run


def torch_conv2d(torch, images, kernel):
    """The cross-correlation with the flipped kernel, odd sizes; flipping it is not timed."""
    height, width = kernel.shape[-2:]
    weights = torch.from_numpy(kernel[..., ::-1, ::-1].reshape(-1, 1, height, width).copy())
    batch = torch.from_numpy(images.reshape(-1, 1, *images.shape[-2:]))
    shape = (*images.shape[:-2], *kernel.shape[:-2], *images.shape[-2:])

    @torch.inference_mode()
    def run():
        return torch.nn.functional.conv2d(batch, weights, padding=(height // 2, width // 2)).reshape(shape)

    return run
