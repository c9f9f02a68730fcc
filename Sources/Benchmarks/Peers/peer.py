"""The peers' side of `make bench`: one JSON request per line on standard input, one JSON reply per line.

Requests:
  {"request": "describe"}                                              versions, threads
  {"request": "prepare", "work": NAME, "inputs": FILE.npz}             the candidates for a work
  {"request": "result", "candidate": NAME, "output": FILE.npz}         runs it once and keeps what it computes
  {"request": "measure", "candidate": NAME, "seconds": S}              the median seconds of runs that fill S seconds
Replies: {"value": …} or {"error": "…"}.
"""

import argparse
import gc
import importlib
import json
import os
import signal
import statistics
import sys
import time
import traceback

import numpy
import scipy.fft

from libraries import describe_libraries, set_thread_count


class Peer:
    """Holds the work at hand between requests."""

    def __init__(self, threads):
        self.threads = threads
        self.candidates = {}

    def describe(self):
        return {"threads": self.threads, "libraries": describe_libraries()}

    def prepare(self, work, inputs):
        self.candidates = {}
        gc.collect()
        with numpy.load(inputs) as arrays:
            arrays = {name: arrays[name] for name in arrays.files}
        self.candidates = importlib.import_module(f"works.{work}").candidates(arrays)
        return {"candidates": list(self.candidates)}

    def result(self, candidate, output):
        start = time.perf_counter()
        arrays = self.candidates[candidate].result()
        seconds = time.perf_counter() - start
        numpy.savez(output, **arrays)
        return {"seconds": seconds}

    def measure(self, candidate, seconds):
        return {"seconds": median_seconds(self.candidates[candidate].run, seconds)}


def median_seconds(run, budget):
    """The median time of a run, after one that is not counted; a first run that fills the budget is not repeated."""
    gc.collect()
    gc.disable()
    times = [seconds_of(run)]
    if times[0] < budget:
        times = []
        end = time.perf_counter() + budget
        while not times or time.perf_counter() < end:
            times.append(seconds_of(run))
    gc.enable()
    return statistics.median(times)


def seconds_of(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def answer(peer, line):
    request = json.loads(line)
    try:
        return {"value": getattr(peer, request.pop("request"))(**request)}
    except Exception as error:
        traceback.print_exc()
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, required=True)
    threads = parser.parse_args().threads
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asks decides when to end
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints must not be taken for a reply
    set_thread_count(threads)
    peer = Peer(threads)
    with scipy.fft.set_workers(threads):
        for line in sys.stdin:
            print(json.dumps(answer(peer, line)), file=replies, flush=True)


if __name__ == "__main__":
    main()
