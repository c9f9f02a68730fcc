"""Makes bases.npz: what SciPy, PyWavelets, scikit-learn and NumPy say of the bases, in the documented order of the atoms.

Made with Python 3.11.7, numpy 2.2.6, scipy 1.14.1, PyWavelets 1.9.0, scikit-learn 1.9.1. Run in this folder: python make_bases.py
"""

import math
import warnings

import numpy as np
import pywt
import scipy.fft
import scipy.linalg
from sklearn.decomposition import PCA

warnings.filterwarnings("ignore", message="Level value of")
generator = np.random.default_rng(20261121)
arrays = {}


def halvings(side):
    return (side & -side).bit_length() - 1


def by_frequency(height, width):
    pairs = [(u, v) for u in range(height) for v in range(width)]
    return sorted(pairs, key=lambda pair: ((pair[0] * width) ** 2 + (pair[1] * height) ** 2, pair[0]))


def by_degree(height, width):
    pairs = [(a, b) for a in range(height) for b in range(width)]  # the degrees in y and x
    return sorted(pairs, key=lambda pair: (sum(pair), -pair[1]))


def keep(name, images, coefficients):
    height, width = images.shape[1:]
    arrays[f"{name}_{height}x{width}_images"] = images
    arrays[f"{name}_{height}x{width}"] = coefficients


def images_of(height, width):
    return generator.normal(size=(2, height, width))


def tensor_order(height, width):
    def members(side):
        levels = halvings(side)
        return [s for s in range(levels + 1) for _ in range(side >> (levels - max(0, s - 1)))]

    y_scales, x_scales = members(height), members(width)
    pairs = [(i, j) for i in range(height) for j in range(width)]
    return sorted(pairs, key=lambda p: (y_scales[p[0]] + x_scales[p[1]], y_scales[p[0]], *p))


def packets(image, level):
    tree = pywt.WaveletPacket2D(image, "haar", "periodization", maxlevel=level)
    nodes = tree.get_level(level, "freq")
    return np.concatenate([nodes[u][v].data.ravel() for u, v in by_frequency(len(nodes), len(nodes[0]))])


for height, width in [(16, 16), (6, 9), (1, 8), (20, 70)]:
    images = images_of(height, width)
    spectra = scipy.fft.dctn(images, axes=(1, 2), norm="ortho")
    keep("dct", images, np.array([[s[pair] for pair in by_frequency(height, width)] for s in spectra]))

for name in ["db2", "db3", "db4"]:
    for height, width in [(16, 16), (2, 2), (12, 20), (24, 8)]:
        images = images_of(height, width)
        level = min(halvings(height), halvings(width))
        rows = []
        for image in images:
            approximation, *details = pywt.wavedec2(image, name, mode="periodization", level=level)
            rows.append(np.concatenate([a.ravel() for a in [approximation] + [b for d in details for b in d]]))
        keep(name, images, np.array(rows))

for height, width in [(16, 16), (12, 8)]:
    images = images_of(height, width)
    levels = [halvings(height), halvings(width)]
    rows = [pywt.fswavedecn(x, "haar", mode="periodization", levels=levels).coeffs for x in images]
    keep("haar-tensor", images, np.array([[r[pair] for pair in tensor_order(height, width)] for r in rows]))

for height, width, level in [(16, 16, 2), (8, 8, 2), (12, 20, 1)]:
    images = images_of(height, width)
    keep("haar-packet", images, np.array([packets(x, level) for x in images]))

for height, width in [(16, 16), (4, 32)]:
    images = images_of(height, width)

    def functions(n):
        rows = scipy.linalg.hadamard(n)
        return rows[np.argsort((np.diff(rows) != 0).sum(axis=1))] / math.sqrt(n)

    spectra = functions(height) @ images @ functions(width).T
    keep("walsh", images, np.array([[s[pair] for pair in by_frequency(height, width)] for s in spectra]))

vandermonde = {
    "monomial": np.polynomial.polynomial.polyvander,
    "legendre": np.polynomial.legendre.legvander,
    "chebyshev": np.polynomial.chebyshev.chebvander,
}
for name, function in vandermonde.items():
    for height, width, count in [(16, 16, 28), (5, 7, 15)]:
        images = images_of(height, width)
        y, x = [function((2 * np.arange(n) + 1 - n) / n, n - 1) for n in (height, width)]
        atoms = [np.outer(y[:, a], x[:, b]).ravel() for a, b in by_degree(height, width)[:count]]
        atoms = np.array([a / np.linalg.norm(a) for a in atoms])
        keep(name, images, np.linalg.lstsq(atoms.T, images.reshape(2, -1).T, rcond=None)[0].T)
        arrays[f"{name}_{height}x{width}_condition"] = np.linalg.cond(atoms)


def zernike(n, m, radius, angle):
    k = np.arange((n - abs(m)) // 2 + 1)
    f = np.vectorize(lambda v: float(math.factorial(v)))
    weights = (-1.0) ** k * f(n - k) / (f(k) * f((n + abs(m)) // 2 - k) * f((n - abs(m)) // 2 - k))
    values = sum(w * radius ** (n - 2 * i) for i, w in zip(k, weights))
    return values * (np.sin(-m * angle) if m < 0 else np.cos(m * angle)) * (radius <= 1)


for height, width, orders in [(16, 16, 9), (15, 11, 6)]:
    images = images_of(height, width)
    y, x = np.meshgrid(*[(2 * np.arange(n) + 1 - n) / n for n in (height, width)], indexing="ij")
    radius, angle = np.hypot(y, x), np.arctan2(y, x)
    atoms = [zernike(n, m, radius, angle).ravel() for n in range(orders) for m in range(-n, n + 1, 2)]
    atoms = np.array([a / np.linalg.norm(a) for a in atoms])
    keep("zernike", images, np.linalg.lstsq(atoms.T, images.reshape(2, -1).T, rcond=None)[0].T)
    arrays[f"zernike_{height}x{width}_condition"] = np.linalg.cond(atoms)


def gabor(height, width):
    y, x = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    scales = max(1, int(math.log2(max(height, width))) - 1)
    atoms = []

    def add(step, function):
        for top in range(0, height, step):
            for left in range(0, width, step):
                tiles = [(i * height, j * width) for i in range(-9, 10) for j in range(-9, 10)]
                atom = sum(function(y - top + i, x - left + j) for i, j in tiles)
                atoms.append(atom.ravel() / np.linalg.norm(atom))

    def wave(scale, wave_function, theta):
        sigma, frequency = 0.8 * 2**scale, 0.75 * math.pi / 2**scale
        return lambda y, x: np.exp(-(x * x + y * y) / (2 * sigma**2)) * wave_function(
            frequency * (x * math.cos(theta) + y * math.sin(theta)))

    add(2**scales, lambda y, x: np.exp(-(x * x + y * y) / (2 * (0.8 * 2**scales) ** 2)))
    for scale in reversed(range(scales)):
        for direction in range(4):
            for wave_function in (np.cos, np.sin):
                add(2 * 2**scale, wave(scale, wave_function, math.pi * direction / 4))
    return np.array(atoms)


for height, width in [(8, 8), (7, 12)]:
    images = images_of(height, width)
    atoms = gabor(height, width)
    keep("gabor", images, images.reshape(2, -1) @ np.linalg.pinv(atoms))
    arrays[f"gabor_{height}x{width}_condition"] = np.linalg.cond(atoms)

for count, height, width in [(60, 5, 6), (7, 4, 4)]:
    mixing = generator.normal(size=(height * width, height * width))
    training = (generator.normal(size=(count, height * width)) @ mixing + 3).reshape(count, height, width)
    rows = training.reshape(count, -1)
    model = PCA(svd_solver="full").fit(rows)
    directions = min(count - 1, height * width)
    arrays[f"pca_{height}x{width}_training"] = training
    arrays[f"pca_{height}x{width}_components"] = model.components_[:directions]
    arrays[f"pca_{height}x{width}_variances"] = model.explained_variance_[:directions]
    values, vectors = np.linalg.eigh(np.cov(rows.T))
    values = values + 1e-4 * values.mean()
    whitened = rows @ (vectors / np.sqrt(values)) @ vectors.T
    arrays[f"zca_{height}x{width}"] = whitened
    arrays[f"zca_{height}x{width}_condition"] = math.sqrt(values.max() / values.min())

np.savez_compressed("bases.npz", **arrays)
