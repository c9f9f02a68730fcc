"""Makes the fixtures of the basis and feature tests: PyWavelets' Haar coefficients and NumPy's half spectra.

Made with Python 3.11.7, numpy 2.2.6, PyWavelets 1.8.0. Run in this folder: python make_fixtures.py
"""

import numpy as np
import pywt

generator = np.random.default_rng(20261102)
sizes = [(16, 16), (2, 2), (12, 20), (24, 8)]
arrays = {"sizes": np.array(sizes)}
for height, width in sizes:
    image = generator.normal(size=(height, width))
    level = min((height & -height).bit_length(), (width & -width).bit_length()) - 1
    approximation, *details = pywt.wavedec2(image, "haar", mode="periodization", level=level)
    bands = [approximation] + [band for level in details for band in level]
    arrays[f"image_{height}x{width}"] = image
    arrays[f"coefficients_{height}x{width}"] = np.concatenate([band.ravel() for band in bands])
np.savez_compressed("haar.npz", **arrays)

sizes = [(16, 16), (5, 7), (6, 9), (1, 8), (7, 1), (1, 1)]
arrays = {"sizes": np.array(sizes)}
for height, width in sizes:
    image = generator.normal(size=(height, width))
    spectrum = np.fft.rfft2(image)
    arrays[f"image_{height}x{width}"] = image
    arrays[f"real_{height}x{width}"] = spectrum.real
    arrays[f"imaginary_{height}x{width}"] = spectrum.imag
    arrays[f"log_modulus_{height}x{width}"] = np.log1p(np.abs(spectrum))
np.savez_compressed("spectra.npz", **arrays)
