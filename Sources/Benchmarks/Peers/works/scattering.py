"""Wavelet scattering of many images: inputs `images`, `scales` and `orientations`, result `coefficients`.

kymatio 0.3 imports `sph_harm` for scattering in three dimensions, which SciPy has no more from 1.17 on; in two nothing
calls it.
"""

import scipy.special

from candidate import Candidate
from libraries import load_torch

if not hasattr(scipy.special, "sph_harm"):
    scipy.special.sph_harm = scipy.special.sph_harm_y


def candidates(inputs):
    from kymatio.numpy import Scattering2D

    images = inputs["images"]
    scales, orientations = int(inputs["scales"][0]), int(inputs["orientations"][0])
    numpy_transform = Scattering2D(scales, images.shape[1:], L=orientations)
    found = {"kymatio, NumPy": Candidate(lambda: numpy_transform(images), lambda: {"coefficients": numpy_transform(images)})}
    torch = load_torch()
    if torch:
        found["kymatio, PyTorch"] = torch_candidate(torch, images, scales, orientations)
    return found


def torch_candidate(torch, images, scales, orientations):
    from kymatio.torch import Scattering2D

    transform, tensor = Scattering2D(scales, images.shape[1:], L=orientations), torch.from_numpy(images)

    def run():
        with torch.inference_mode():
            return transform(tensor)

    return Candidate(run, lambda: {"coefficients": run().numpy()})
