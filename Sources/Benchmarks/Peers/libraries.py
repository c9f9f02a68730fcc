"""The libraries that are here, and the number of threads that they may use."""

import functools
import importlib.metadata
import platform

NAMES = {
    "NumPy": "numpy", "SciPy": "scipy", "PyWavelets": "PyWavelets", "scikit-learn": "scikit-learn", "kymatio": "kymatio",
    "PyTorch": "torch",
}


@functools.cache
def load_torch():
    """PyTorch, or None where it is not installed or does not load."""
    try:
        import torch
    except (ImportError, OSError):
        return None
    return torch


def set_thread_count(threads):
    """SciPy's transforms get theirs from `scipy.fft.set_workers`, BLAS and OpenMP from the environment."""
    torch = load_torch()
    if torch:
        torch.set_num_threads(threads)


def describe_libraries():
    versions = [{"name": "Python", "version": platform.python_version()}]
    for name, package in NAMES.items():
        found = package != "torch" or load_torch() is not None
        versions.append({"name": name, "version": importlib.metadata.version(package) if found else None})
    return versions
