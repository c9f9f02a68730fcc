"""The reference comparison, as one would write it with scikit-learn, kymatio and PyTorch.

The protocol is that of `basislab compare`: several draws of a training and a validation part (four fifths and one) from the
official training images, eight settings of each model, the choice by validation accuracy, one look at the official test
images. Fixed features under multinomial logistic regression with a ridge penalty; `mlp` and `standard` trained by Adam, each
trial a station of one training. Fixed features are computed once, not once for each repeat.

    python comparison.py usps_16x16.npz --threads 2 [--epochs 32] [--splits 5] [--trials 8] [--json FILE]

The same with BasisLab:

    basislab compare --dataset usps_16x16.npz --no-controls --epochs 32 --models pixels fourier haar polynomial random \
        log-fourier log-scattering:J=2 mlp standard
"""

import argparse
import json
import os
import resource
import time

parser = argparse.ArgumentParser()
parser.add_argument("data", help="an NPZ file with X_train, y_train, X_test and y_test")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--splits", type=int, default=5)
parser.add_argument("--trials", type=int, default=8)
parser.add_argument("--epochs", type=int, default=32)
parser.add_argument("--models", nargs="*")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--json", help="where the results are written")
options = parser.parse_args()
for library in ("OMP", "MKL", "OPENBLAS"):
    os.environ[f"{library}_NUM_THREADS"] = str(options.threads)

import numpy  # noqa: E402
import pywt  # noqa: E402
import scipy.fft  # noqa: E402
import scipy.special  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.metrics import log_loss  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402

import networks  # noqa: E402
from libraries import load_torch  # noqa: E402

if not hasattr(scipy.special, "sph_harm"):
    scipy.special.sph_harm = scipy.special.sph_harm_y

ATOMS = 64
torch = load_torch()
torch.set_num_threads(options.threads)


def fourier(images):
    """The real and imaginary parts of the lowest frequencies."""
    spectrum = numpy.fft.rfft2(images)
    height, width = images.shape[1:]
    vertical, horizontal = numpy.meshgrid(numpy.fft.fftfreq(height), numpy.fft.rfftfreq(width), indexing="ij")
    is_repeated = ((horizontal == 0) | (horizontal == 0.5)) & ((vertical < 0) & (vertical > -0.5))
    order = numpy.argsort(numpy.where(is_repeated, numpy.inf, vertical**2 + horizontal**2), axis=None, kind="stable")
    flat = spectrum.reshape(len(images), -1)[:, order]
    both = numpy.stack([flat.real, flat.imag], 2).reshape(len(images), -1)
    return both[:, numpy.abs(both).max(0) > 1e-9][:, :ATOMS]


def haar(images):
    approximation, *details = pywt.wavedec2(images, "haar", axes=(1, 2))
    parts = [approximation] + [part for level in details for part in level]
    return numpy.concatenate([part.reshape(len(images), -1) for part in parts], 1)[:, :ATOMS]


def polynomial(images):
    """Products of orthonormal polynomials of the pixels' places, by total degree."""
    size = images.shape[1]
    places = numpy.linspace(-1, 1, size)
    factors = numpy.linalg.qr(numpy.vander(places, size, increasing=True))[0]
    degrees = sorted(((y, x) for y in range(size) for x in range(size)), key=lambda pair: (sum(pair), pair))[:ATOMS]
    atoms = numpy.stack([numpy.outer(factors[:, y], factors[:, x]) for y, x in degrees])
    return numpy.einsum("nyx,ayx->na", images, atoms, optimize=True)


def random(images):
    pixels = images.reshape(len(images), -1)
    generator = numpy.random.default_rng(options.seed)
    return pixels @ numpy.linalg.qr(generator.normal(size=(pixels.shape[1], pixels.shape[1])))[0][:, :ATOMS]


def log_fourier(images):
    return numpy.log1p(numpy.abs(scipy.fft.rfft2(images, workers=options.threads))).reshape(len(images), -1)


def scattering(images):
    """The logarithm above a floor of a hundredth of each feature's mean."""
    from kymatio.numpy import Scattering2D

    features = Scattering2D(2, images.shape[1:], L=8)(images.astype("float32")).reshape(len(images), -1)
    return numpy.log1p(numpy.abs(features) / (numpy.abs(features).mean(0) / 100))


FEATURES = {
    "pixels": lambda images: images.reshape(len(images), -1), "fourier": fourier, "haar": haar, "polynomial": polynomial,
    "random": random, "log-fourier": log_fourier, "log-scattering:J=2": scattering,
}
NETWORKS = {"mlp": networks.mlp, "standard": networks.standard}


class Linear:
    """Candidates of logistic regression, the strongest penalty first, each starting from the one before."""

    def __init__(self, make):
        self.make, self.features = make, None

    def candidates(self, images, labels, train, seed):
        if self.features is None:
            self.features = self.make(images)
        scaler = StandardScaler().fit(self.features[train])
        rows = scaler.transform(self.features[train])
        model = LogisticRegression(tol=1e-5, max_iter=1000, warm_start=True)
        for penalty in numpy.logspace(2, -5, options.trials):
            model.C = 1 / (penalty * len(train))
            model.fit(rows, labels[train])
            yield lambda part: model.predict_proba(scaler.transform(self.features[part]))


class Network:
    """Stations of one training by Adam."""

    def __init__(self, make):
        self.make = make

    def candidates(self, images, labels, train, seed):
        torch.manual_seed(seed)
        network = self.make(torch.nn)
        mean, deviation = images[train].mean(), images[train].std()
        pixels = torch.from_numpy(((images - mean) / deviation).astype("float32"))[:, None]
        targets = torch.from_numpy(labels)
        own, own_targets = pixels[train], targets[train]
        optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)

        def probabilities(part):
            network.eval()
            with torch.inference_mode():
                result = torch.softmax(network(pixels[part]), 1).numpy()
            network.train()
            return result

        stops = stations()
        for epoch in range(1, stops[-1] + 1):
            for batch in torch.randperm(len(train)).split(64):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(network(own[batch]), own_targets[batch]).backward()
                optimizer.step()
            if epoch in stops:
                yield probabilities


def stations():
    """Numbers of epochs from 2 to the last, evenly spaced in their logarithm, all different."""
    found = []
    for trial in range(options.trials):
        place = trial / (options.trials - 1) if options.trials > 1 else 1
        ideal = round(2 * (options.epochs / 2) ** place)
        found.append(min(max(ideal, (found or [0])[-1] + 1), options.epochs - (options.trials - 1 - trial)))
    return found


def choose(model, images, labels, train, validation, test, seed):
    """The test accuracy of the candidate with the best validation accuracy, of equals that with the smaller log loss."""
    best = None
    for candidate in model.candidates(images, labels, train, seed):
        found = candidate(validation)
        score = ((found.argmax(1) == labels[validation]).mean(), -log_loss(labels[validation], found))
        if best is None or score > best[0]:
            best = (score, (candidate(test).argmax(1) == labels[test]).mean())
    return best


def main():
    with numpy.load(options.data) as data:
        train_count = len(data["X_train"])
        images = numpy.concatenate([data["X_train"], data["X_test"]]).astype("float64")
        labels = numpy.concatenate([data["y_train"], data["y_test"]]).astype("int64")
    if images.max() > 1:
        images = images / 255
    test = numpy.arange(train_count, len(images))
    models = {name: Linear(make) for name, make in FEATURES.items()} | {n: Network(m) for n, m in NETWORKS.items()}
    results, started = {}, time.perf_counter()
    for name in options.models or models:
        begun, accuracies = time.perf_counter(), []
        for split in range(options.splits):
            train, validation = train_test_split(
                numpy.arange(train_count), test_size=0.2, stratify=labels[:train_count], random_state=options.seed + split)
            (score, _), accuracy = choose(models[name], images, labels, train, validation, test, options.seed + split)
            accuracies.append(accuracy)
        results[name] = {
            "accuracy": float(numpy.mean(accuracies)), "accuracies": [float(a) for a in accuracies],
            "seconds": time.perf_counter() - begun,
        }
        print(
            f"{name:20s} {100 * numpy.mean(accuracies):6.2f} % ± {100 * numpy.std(accuracies, ddof=1):.2f}"
            f"   {results[name]['seconds']:7.1f} s", flush=True)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    summary = {
        "models": results, "seconds": time.perf_counter() - started, "processorSeconds": usage.ru_utime + usage.ru_stime,
    }
    print(f"{'all':20s} {'':17s} {summary['seconds']:7.1f} s, {summary['processorSeconds']:.1f} s of processors")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(summary, file, indent=1)


if __name__ == "__main__":
    main()
