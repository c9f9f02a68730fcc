"""One image with one kernel, `same`, zero boundary: inputs `image` and `kernel`, result `output`."""

import numpy
import scipy.fft
import scipy.signal

from candidate import Candidate
from libraries import load_torch

LARGEST_CONV2D = 31  # beyond, PyTorch's conv2d takes seconds


def candidates(inputs):
    image, kernel = inputs["image"], inputs["kernel"]
    runs = {
        "scipy fftconvolve": lambda: scipy.signal.fftconvolve(image, kernel, "same"),
        "scipy oaconvolve": lambda: scipy.signal.oaconvolve(image, kernel, "same"),
        "scipy.fft planned": scipy_planned(image, kernel),
    }
    torch = load_torch()
    if torch:
        runs["torch.fft planned"] = torch_planned(torch, image, kernel)
        if max(kernel.shape) <= LARGEST_CONV2D:
            runs["torch conv2d"] = torch_conv2d(torch, image, kernel)
    return {name: candidate(run) for name, run in runs.items()}


def candidate(run):
    return Candidate(run, lambda: {"output": numpy.asarray(run())})


def transform_size(image, kernel):
    """What wraps round a transform of this size falls on outputs that `same` does not keep."""
    return tuple(scipy.fft.next_fast_len(h + k // 2, real=True) for h, k in zip(image.shape, kernel.shape))


def kept(image, kernel):
    return tuple(slice(k // 2, k // 2 + h) for h, k in zip(image.shape, kernel.shape))


def scipy_planned(image, kernel):
    """The kernel is transformed once, as a plan does it."""
    size, part = transform_size(image, kernel), kept(image, kernel)
    spectrum = scipy.fft.rfft2(kernel, size)
    return lambda: scipy.fft.irfft2(scipy.fft.rfft2(image, size) * spectrum, size)[part]


def torch_planned(torch, image, kernel):
    size, part = transform_size(image, kernel), kept(image, kernel)
    image, kernel = torch.from_numpy(image), torch.from_numpy(kernel)
    spectrum = torch.fft.rfft2(kernel, size)

    @torch.inference_mode()
    def run():
        return torch.fft.irfft2(torch.fft.rfft2(image, size) * spectrum, size)[part]

    return run


def torch_conv2d(torch, image, kernel):
    padding = tuple(k // 2 for k in kernel.shape)
    weights = torch.from_numpy(kernel[::-1, ::-1].copy())[None, None]
    image = torch.from_numpy(image)[None, None]

    @torch.inference_mode()
    def run():
        return torch.nn.functional.conv2d(image, weights, padding=padding)[0, 0]

    return run
