"""Makes convolution.npz, signals.npz and transforms.npz, the values of NumPy and SciPy that the tests hold this module to.

Run in this folder with NumPy 2.2.6 and SciPy 1.14.1: python make_fixtures.py
"""

import itertools

import numpy as np
import scipy
from scipy.signal import convolve2d, correlate2d

IMAGES = [(8, 8), (7, 10), (1, 9), (5, 4), (1, 1)]
KERNELS = [(3, 3), (4, 2), (5, 1), (1, 4), (9, 7), (1, 1)]
LINES = [(1,), (6,), (13,)]
TAPS = [(1,), (2,), (5,), (9,)]
PADDED = {"zero": "constant", "circular": "wrap", "reflect": "reflect", "symmetric": "symmetric", "replicate": "edge"}
SCIPY = {"zero": "fill", "circular": "wrap", "symmetric": "symm"}
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
    taps = np.flip(kernel) if operation == "convolve" else kernel
    padded = np.pad(image, extension(operation, mode, kernel.shape), mode=PADDED[boundary])
    if image.ndim == 1:
        result = np.correlate(padded, taps, mode="valid")
        check_against_numpy(operation, mode, boundary, image, kernel, result)
    else:
        result = correlate2d(padded, taps, mode="valid")
        check_against_scipy(operation, mode, boundary, image, kernel, result)
    return result


def check_against_numpy(operation, mode, boundary, signal, kernel, result):
    """NumPy's convolve takes the longer argument for the signal."""
    if boundary == "zero" and operation == "convolve" and kernel.size <= signal.size:
        assert np.allclose(np.convolve(signal, kernel, mode), result, rtol=1e-13, atol=1e-13), (mode, signal.shape, kernel.shape)


def check_against_scipy(operation, mode, boundary, image, kernel, result):
    """SciPy's own modes agree where they mean the same; its boundaries do not repeat the image."""
    fits = all(k <= n for k, n in zip(kernel.shape, image.shape))
    if boundary not in SCIPY or boundary != "zero" and not fits or operation == "crossCorrelate" and mode == "same":
        return
    function = convolve2d if operation == "convolve" else correlate2d
    theirs = function(image, kernel, mode=mode, boundary=SCIPY[boundary])
    assert np.allclose(theirs, result, rtol=1e-13, atol=1e-13), (operation, mode, boundary, image.shape, kernel.shape)


def name(*words):
    return " ".join(str(word) for part in words for word in (part if isinstance(part, tuple) else (part,)))


def convolution(rng, images, kernels):
    arrays = {name("image", size): rng.standard_normal(size) for size in images}
    arrays |= {name("kernel", size): rng.standard_normal(size) for size in kernels}
    for image, kernel in itertools.product(images, kernels):
        for operation, boundary, mode in itertools.product(("convolve", "crossCorrelate"), PADDED, ("full", "same", "valid")):
            if mode == "valid" and any(k > n for k, n in zip(kernel, image)):
                continue
            x, k = arrays[name("image", image)], arrays[name("kernel", kernel)]
            arrays[name(operation, mode, boundary, image, kernel)] = expected(operation, mode, boundary, x, k)
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
np.savez_compressed("convolution.npz", **convolution(rng, IMAGES, KERNELS))
np.savez_compressed("transforms.npz", **transforms(rng))
np.savez_compressed("signals.npz", **convolution(rng, LINES, TAPS))
print("NumPy", np.__version__, "SciPy", scipy.__version__)
