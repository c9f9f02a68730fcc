"""A network applied to images: inputs `images`, `batch`, `network.NAME` and `weights.…`, result `logits`."""

from candidate import Candidate
from libraries import load_torch
import networks


def candidates(inputs):
    torch = load_torch()
    if not torch:
        return {}
    layouts = {"torch": torch.contiguous_format, "torch channels_last": torch.channels_last}
    return {name: candidate(torch, inputs, layout) for name, layout in layouts.items()}


def candidate(torch, inputs, layout):
    images = torch.from_numpy(inputs["images"]).to(memory_format=layout)
    batch = int(inputs["batch"][0])
    network = networks.make(torch, inputs).to(memory_format=layout).eval()

    def run():
        with torch.inference_mode():
            return torch.cat([network(part) for part in images.split(batch)])

    return Candidate(run, lambda: {"logits": run().numpy()})
