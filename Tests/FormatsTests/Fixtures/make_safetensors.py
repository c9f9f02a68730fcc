"""Makes the safetensors fixtures. Run in this folder with safetensors 0.8 and NumPy 2.2.6."""

import numpy as np
from safetensors.numpy import save_file

weights = {
    "0.weight": (np.arange(18, dtype=np.float32) / 8).reshape(2, 1, 3, 3),
    "0.bias": np.array([0.5, -2], dtype=np.float32),
    "1.num_batches_tracked": np.array(7, dtype=np.int64),
    "1.running_mean": np.array([1e-300, np.inf], dtype=np.float64),
    "mask": np.array([True, False, True]),
    "half": np.array([0.5, 65504], dtype=np.float16),
    "leer \"ä\"\n": np.zeros((0, 3), np.uint8),
}
save_file(weights, "weights.safetensors", metadata={"network": "small"})
save_file({}, "none.safetensors")
