"""Makes convolution.npz and transforms.npz, the values of NumPy and SciPy that the tests hold this module to.

Run in this folder with NumPy 2.2.6 and SciPy 1.14.1: python make_fixtures.py
"""

import numpy as np
import scipy
from scipy.signal import convolve2d, correlate2d

IMAGES = [(8, 8), (7, 10), (1, 9), (5, 4), (1, 1)]
KERNELS = [(3, 3), (4, 2), (5, 1), (1, 4), (9, 7), (1, 1)]
SIGNALS = [1, 2, 7, 12, 31]
PLANES = [(1, 1), (1, 8), (8, 8), (5, 7), (12, 10), (13, 1)]


def extension(operation, mode, kernel):
    """Rows and columns before and after the image, whose valid correlation is the wanted result."""
    after_of = lambda k, before: (before, k - 1 - before)
    if mode == "valid":
        return [(0, 0) for k in kernel]
    if mode == "full":
        return [(k - 1, k - 1) for k in kernel]
    if operation == "convolve":
        return [after_of(k, k // 2) for k in kernel]
    return [after_of(k, (k - 1) // 2) for k in kernel]


def expected(operation, mode, boundary, image, kernel):
    taps = kernel[::-1, ::-1] if operation == "convolve" else kernel
    padded = np.pad(image, extension(operation, mode, kernel.shape), mode={"zero": "constant", "circular": "wrap"}[boundary])
    result = correlate2d(padded, taps, mode="valid")
    check_against_scipy(operation, mode, boundary, image, kernel, result)
    return result


def check_against_scipy(operation, mode, boundary, image, kernel, result):
    """SciPy's own modes agree where they mean the same; its wrap does not repeat the image."""
    fits = all(k <= n for k, n in zip(kernel.shape, image.shape))
    if boundary == "circular" and not fits or operation == "crossCorrelate" and mode == "same":
        return
    function = convolve2d if operation == "convolve" else correlate2d
    theirs = function(image, kernel, mode=mode, boundary={"zero": "fill", "circular": "wrap"}[boundary])
    assert np.allclose(theirs, result, rtol=1e-13, atol=1e-13), (operation, mode, boundary, image.shape, kernel.shape)


def convolution(rng):
    arrays = {}
    for h, w in IMAGES:
        arrays[f"image {h} {w}"] = rng.standard_normal((h, w))
    for h, w in KERNELS:
        arrays[f"kernel {h} {w}"] = rng.standard_normal((h, w))
    for image in IMAGES:
        for kernel in KERNELS:
            for operation in ("convolve", "crossCorrelate"):
                for boundary in ("zero", "circular"):
                    for mode in ("full", "same", "valid"):
                        if mode == "valid" and any(k > n for k, n in zip(kernel, image)):
                            continue
                        name = f"{operation} {mode} {boundary} {image[0]} {image[1]} {kernel[0]} {kernel[1]}"
                        x, k = arrays["image %d %d" % image], arrays["kernel %d %d" % kernel]
                        arrays[name] = expected(operation, mode, boundary, x, k)
    return arrays


def transforms(rng):
    arrays = {}
    pairs = lambda z: np.stack([z.real, z.imag], axis=-1)
    for n in SIGNALS:
        x = rng.standard_normal((3, n)) + 1j * rng.standard_normal((3, n))
        arrays[f"fft {n} input"], arrays[f"fft {n}"] = pairs(x), pairs(np.fft.fft(x))
        arrays[f"rfft {n} input"], arrays[f"rfft {n}"] = x.real, pairs(np.fft.rfft(x.real))
    for h, w in PLANES:
        x = rng.standard_normal((2, h, w)) + 1j * rng.standard_normal((2, h, w))
        arrays[f"fft2 {h} {w} input"], arrays[f"fft2 {h} {w}"] = pairs(x), pairs(np.fft.fft2(x))
        arrays[f"rfft2 {h} {w} input"], arrays[f"rfft2 {h} {w}"] = x.real, pairs(np.fft.rfft2(x.real))
    return arrays


rng = np.random.default_rng(20261)
np.savez_compressed("convolution.npz", **convolution(rng))
np.savez_compressed("transforms.npz", **transforms(rng))
print("NumPy", np.__version__, "SciPy", scipy.__version__)
