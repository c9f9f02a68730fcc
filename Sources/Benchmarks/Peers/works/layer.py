"""A layer's forward pass and both gradients: inputs `image`, `weights` and `gradient`, a result for each pass.

`image` is [N, C, H, W], `weights` [F, C, k, k] with odd k, `gradient` the gradient of the outputs [N, F, H, W].
"""

import itertools

from candidate import Candidate
from libraries import load_torch

RESULTS = ("output", "inputGradient", "kernelGradient")


def candidates(inputs):
    torch = load_torch()
    if not torch:
        return {}
    layouts = {"": torch.contiguous_format, " channels_last": torch.channels_last}
    ways = {"conv2d": passes, "conv2d autograd": autograd}
    return {
        f"torch {way}{layout}": candidate(torch, inputs, ways[way], layouts[layout])
        for way, layout in itertools.product(ways, layouts)
    }


def candidate(torch, inputs, way, layout):
    tensors = (torch.from_numpy(inputs[name]).to(memory_format=layout) for name in ("image", "weights", "gradient"))
    run = way(torch, *tensors)
    return Candidate(run, lambda: {name: value.detach().contiguous().numpy() for name, value in zip(RESULTS, run())})


def passes(torch, image, weights, gradient):
    """The operators that autograd calls, without autograd."""
    padding = [weights.shape[-1] // 2] * 2
    backward = torch.ops.aten.convolution_backward

    @torch.inference_mode()
    def run():
        output = torch.nn.functional.conv2d(image, weights, padding=padding)
        to_image, to_weights, _ = backward(
            gradient, image, weights, None, [1, 1], padding, [1, 1], False, [0, 0], 1, [True, True, False]
        )
        return output, to_image, to_weights

    return run


def autograd(torch, image, weights, gradient):
    image, weights = image.requires_grad_(), weights.requires_grad_()

    def run():
        output = torch.nn.functional.conv2d(image, weights, padding=weights.shape[-1] // 2)
        return output, *torch.autograd.grad(output, (image, weights), gradient)

    return run
