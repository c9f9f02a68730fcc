"""Writes perturbations.json: images that SciPy has shifted, turned and blurred.

Made with Python 3.11, NumPy 2.2.6, SciPy 1.14.1. Run in this folder: python make_perturbations.py
"""

import json

import numpy as np
from scipy import ndimage

generator = np.random.default_rng(6)
image = generator.uniform(0, 1, (7, 5))
shifts = [(0, 2), (0, -2), (2, 0), (-2, 0)]
json.dump(
    {
        "image": image.ravel().tolist(),
        "shifted": [ndimage.shift(image, by, order=0, mode="nearest").ravel().tolist() for by in shifts],
        "turned": [
            ndimage.rotate(image, by, reshape=False, order=1, mode="nearest").ravel().tolist() for by in (25, -25)
        ],
        "blurred": [ndimage.gaussian_filter(image, by, mode="nearest").ravel().tolist() for by in (0.5, 1.3)],
    },
    open("perturbations.json", "w"), indent=1)
