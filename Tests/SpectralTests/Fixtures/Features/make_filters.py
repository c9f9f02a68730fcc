"""Makes filters.npz: images through convolution, activation and pooling by PyTorch.

Made with Python 3.11.7, numpy 2.2.6, torch 2.13.0. Run in this folder: python make_filters.py
"""

import numpy as np
import torch
from torch.nn import functional

generator = np.random.default_rng(20261123)
ACTIVATIONS = {"relu": functional.relu, "modulus": torch.abs}
POOLINGS = {
    "max_4_4": lambda x: functional.max_pool2d(x, 4),
    "max_3_2": lambda x: functional.max_pool2d(x, 3, 2),
    "average_2_2": lambda x: functional.avg_pool2d(x, 2),
    "average_5_3": lambda x: functional.avg_pool2d(x, 5, 3),
    "max_global": lambda x: functional.adaptive_max_pool2d(x, 1),
    "average_global": lambda x: functional.adaptive_avg_pool2d(x, 1),
}

images = generator.normal(size=(3, 11, 14))
arrays = {"images": images}
for rows, columns in [(5, 5), (3, 4), (1, 1)]:
    filters = generator.normal(size=(4, rows, columns))
    arrays[f"filters_{rows}x{columns}"] = filters
    maps = functional.conv2d(torch.from_numpy(images)[:, None], torch.from_numpy(filters)[:, None], padding="same")
    for activation, activate in ACTIVATIONS.items():
        for pooling, pool in POOLINGS.items():
            arrays[f"{activation}_{pooling}_{rows}x{columns}"] = pool(activate(maps)).flatten(1).numpy()
np.savez_compressed("filters.npz", **arrays)
