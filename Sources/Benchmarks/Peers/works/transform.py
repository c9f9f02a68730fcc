"""The real transforms of many images: input `images`, result `spectra` with real and imaginary parts side by side."""

import numpy
import scipy.fft

from candidate import Candidate
from libraries import load_torch


def candidates(inputs):
    images = inputs["images"]
    runs = {"scipy.fft": lambda: scipy.fft.rfft2(images), "numpy.fft": lambda: numpy.fft.rfft2(images)}
    torch = load_torch()
    if torch:
        tensor = torch.from_numpy(images)
        runs["torch.fft"] = lambda: torch.fft.rfft2(tensor)
    return {name: candidate(run) for name, run in runs.items()}


def candidate(run):
    return Candidate(run, lambda: {"spectra": numpy.ascontiguousarray(run()).view("float32")})
