"""Loads weights that basislab has written into the same PyTorch network, unchanged.

    python check_weights.py NETWORK WEIGHTS.safetensors SIDE [CLASSES]

Fails unless every name, shape and type is that of the network's state_dict.
"""

import json
import struct
import sys

import numpy as np
import torch
from networks import networks


def load(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(length)), file.read()
    kinds = {"F32": np.float32, "I64": np.int64}
    return {
        name: torch.from_numpy(
            np.frombuffer(data[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"]).copy())
        for name, entry in header.items() if name != "__metadata__"}


name, path, side = sys.argv[1:4]
model = networks[name](int(sys.argv[4]) if len(sys.argv) > 4 else 10, int(side))
state = load(path)
for key, tensor in model.state_dict().items():
    assert state[key].dtype == tensor.dtype, (key, state[key].dtype, tensor.dtype)
model.load_state_dict(state)
print(f"{path}: {len(state)} tensors are those of {name}")
