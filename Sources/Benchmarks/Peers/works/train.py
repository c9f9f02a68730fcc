"""Epochs of a network with Adam: inputs `images`, `labels`, `batch`, `network.NAME` and `weights.…`, result `loss`.

The result is the mean loss over a first epoch in the order given and without dropout; the epochs that are timed are
shuffled.
"""

import numpy

from candidate import Candidate
from libraries import load_torch
import networks


def candidates(inputs):
    torch = load_torch()
    if not torch:
        return {}
    layouts = {"torch": torch.contiguous_format, "torch channels_last": torch.channels_last}
    return {
        f"{name}{', fused Adam' if fused else ''}": candidate(torch, inputs, layout, fused)
        for name, layout in layouts.items()
        for fused in (False, True)
    }


def candidate(torch, inputs, layout, fused):
    images = torch.from_numpy(inputs["images"]).to(memory_format=layout)
    labels = torch.from_numpy(inputs["labels"])
    batch = int(inputs["batch"][0])

    def start(dropout=True):
        network = networks.make(torch, inputs, dropout).to(memory_format=layout)
        return network, torch.optim.Adam(network.parameters(), lr=1e-3, fused=fused)

    training = start()

    def run():
        order = torch.randperm(len(labels))
        return epoch(torch, *training, images[order], labels[order], batch)

    return Candidate(run, lambda: {"loss": numpy.array([epoch(torch, *start(dropout=False), images, labels, batch)])})


def epoch(torch, network, optimizer, images, labels, batch):
    total = 0.0
    for part, target in zip(images.split(batch), labels.split(batch)):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(part), target)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(target)
    return total / len(labels)
