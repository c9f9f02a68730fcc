"""All coefficients of many images on a basis: input NAME, the images; result `coefficients`, in the order of our atoms."""

import numpy
import pywt
import scipy.fft

from candidate import Candidate
from libraries import load_torch


def candidates(inputs):
    ((basis, images),) = inputs.items()
    return {"haar": haar, "fourier": fourier, "dct": dct}[basis](images)


def haar(images):
    def run():
        return pywt.wavedec2(images, "haar", mode="periodization", axes=(1, 2))

    def result():
        approximation, *details = run()
        bands = [approximation] + [band for level in details for band in level]
        return {"coefficients": numpy.concatenate([band.reshape(len(images), -1) for band in bands], axis=1)}

    return {"PyWavelets": Candidate(run, result)}


def dct(images):
    def run():
        return scipy.fft.dctn(images, axes=(1, 2), norm="ortho")

    height, width = images.shape[1:]
    pairs = [(u, v) for u in range(height) for v in range(width)]
    pairs.sort(key=lambda pair: ((pair[0] * width) ** 2 + (pair[1] * height) ** 2, pair[0]))
    rows, columns = numpy.array(pairs).T
    return {"scipy.fft": Candidate(run, lambda: {"coefficients": run()[:, rows, columns]})}


def fourier(images):
    runs = {"scipy.fft": lambda: scipy.fft.rfft2(images), "numpy.fft": lambda: numpy.fft.rfft2(images)}
    torch = load_torch()
    if torch:
        tensor = torch.from_numpy(images)
        runs["torch.fft"] = lambda: torch.fft.rfft2(tensor)
    return {name: fourier_candidate(run, *images.shape[1:]) for name, run in runs.items()}


def fourier_candidate(run, height, width):
    def alone(y, x):
        return 2 * y % height == 0 and 2 * x % width == 0

    def waves(y, x):
        if (x == 0 or 2 * x == width) and y < 0:
            return []
        return [(y, x, False)] if alone(y, x) else [(y, x, False), (y, x, True)]

    places = [wave for x in range(width // 2 + 1) for y in range(-((height - 1) // 2), height // 2 + 1) for wave in waves(y, x)]
    places.sort(key=lambda wave: ((wave[0] * width) ** 2 + (wave[1] * height) ** 2, abs(wave[0]), -wave[0], wave[2]))

    def result():
        spectra = numpy.asarray(run())
        columns = [
            (-spectra[:, y, x].imag if is_sine else spectra[:, y, x].real)
            * numpy.sqrt((1 if alone(y, x) else 2) / (height * width))
            for y, x, is_sine in places
        ]
        return {"coefficients": numpy.stack(columns, axis=1).astype("float32")}

    return Candidate(run, result)
