"""Makes spectra.npz: power spectra, their radial and angular means, and windowed transforms, by NumPy.

Made with Python 3.11.7, numpy 2.2.6, scipy 1.14.1. Run in this folder: python make_spectra.py
"""

import numpy as np
from scipy.signal import get_window

generator = np.random.default_rng(20261122)
WEDGES = 6


def frequencies(height, width):
    return np.meshgrid(np.fft.fftfreq(height), np.fft.fftfreq(width), indexing="ij")


def radial(power):
    y, x = frequencies(*power.shape)
    least = min(power.shape)
    ring = np.floor(np.hypot(y, x) * least + 0.5).astype(int)
    return np.array([power[ring == r].mean() for r in range(least // 2 + 1)])


def angular(power):
    y, x = frequencies(*power.shape)
    radius = np.hypot(y, x)
    wedge = np.floor(np.arctan2(y, x) * WEDGES / np.pi + 0.5).astype(int) % WEDGES
    inside = (radius > 0) & (radius <= 0.5)
    return np.array([power[inside & (wedge == w)].mean() for w in range(WEDGES)])


def windowed(image, size, hop, name):
    window = get_window(name, size)
    pieces = np.lib.stride_tricks.sliding_window_view(image, (size, size))[::hop, ::hop]
    return np.abs(np.fft.rfft2(pieces * np.outer(window, window)))


arrays = {}
for index, (height, width) in enumerate([(16, 16), (12, 20), (9, 7), (5, 16)]):
    image = generator.normal(size=(height, width)) + 0.5
    power = np.abs(np.fft.fft2(image)) ** 2 / image.size
    arrays[f"image_{index}"] = image
    arrays[f"power_{index}"] = power[:, : width // 2 + 1]
    arrays[f"radial_{index}"] = radial(power)
    if min(height, width) > 5:
        arrays[f"angular_{index}"] = angular(power)
    for name in ["boxcar", "hann", "hamming", "blackman"]:
        arrays[f"{name}_{index}"] = windowed(image, 5, 2, name)
np.savez_compressed("spectra.npz", **arrays)
