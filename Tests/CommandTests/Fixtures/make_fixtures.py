"""Makes the fixtures of the training tests: images, weights before and after one step of SGD, and logits.

Run with torch and numpy; safetensors files are written here without the library of that name.
"""

import json
import struct

import numpy as np
import torch
from networks import networks


def save(state, path):
    header, data = {}, b""
    for name, tensor in state.items():
        array = np.ascontiguousarray(tensor.numpy())
        kind = {"float32": "F32", "int64": "I64"}[str(array.dtype)]
        header[name] = {
            "dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def drift(model):
    """Gives the running statistics of batch normalizations other values than the first ones."""
    for module in model.modules():
        if hasattr(module, "running_mean"):
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2)
            module.num_batches_tracked.fill_(17)


def main():
    torch.manual_seed(1)
    # Seven images of ten classes, of which some are missing; images of three channels would be [N, C, H, W].
    images = torch.rand(7, 8, 8)
    labels = torch.tensor([3, 0, 9, 3, 7, 1, 5])
    np.savez("batch.npz", X=images.numpy(), y=labels.numpy())
    for name in ["small", "mlp", "residual"]:
        model = networks[name](10, 8)
        drift(model)
        save(model.state_dict(), f"{name}.safetensors")
        with torch.no_grad():
            np.save(f"{name}-logits.npy", model.eval()(images[:, None]).numpy())
        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=1)
        torch.nn.functional.cross_entropy(model(images[:, None]), labels).backward()
        optimizer.step()
        save(model.state_dict(), f"{name}-stepped.safetensors")
    tiny = torch.rand(5, 4, 4)
    np.savez("tiny.npz", X=tiny.numpy())
    model = networks["standard"](10, 4).eval()
    drift(model)
    save(model.state_dict(), "standard.safetensors")
    with torch.no_grad():
        np.save("standard-logits.npy", model(tiny[:, None]).numpy())
        np.save("standard-layer-3.npy", model[:4](tiny[:, None]).numpy())
    save(networks["small"](10, 16).state_dict(), "small-16.safetensors")


main()
