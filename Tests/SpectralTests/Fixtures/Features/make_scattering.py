"""Makes kymatio.npz: images and kymatio's coefficients of them.

Made with Python 3.11.7, numpy 2.2.6, scipy 1.14.1, kymatio 0.3.0, which needs SciPy before 1.15.
Run in this folder: python make_scattering.py
"""

import numpy as np
from kymatio.numpy import Scattering2D

# H, W, J, L, maximum order; kymatio's filters are rounded to single precision.
CASES = [
    (16, 16, 1, 4, 2),
    (16, 16, 2, 8, 2),
    (16, 16, 3, 8, 2),
    (16, 16, 2, 8, 1),
    (32, 32, 3, 4, 2),
    (32, 32, 1, 8, 2),
    (12, 20, 2, 4, 2),
    (18, 11, 2, 6, 2),
    (24, 16, 3, 5, 2),
    (16, 16, 4, 4, 2),
    (8, 8, 3, 3, 2),
    (9, 9, 2, 1, 2),
]

generator = np.random.default_rng(20261121)
arrays = {"cases": np.array(CASES)}
for index, (height, width, scales, orientations, order) in enumerate(CASES):
    images = generator.integers(0, 256, size=(2, height, width)) / 128
    transform = Scattering2D(scales, (height, width), L=orientations, max_order=order)
    arrays[f"images_{index}"] = images
    arrays[f"coefficients_{index}"] = transform(images)
np.savez_compressed("kymatio.npz", **arrays)
