"""One way in which a peer does a work."""

from dataclasses import dataclass
from typing import Callable


@dataclass
class Candidate:
    """`run` is what is timed; `result` makes the named arrays that are compared with ours, outside the clock."""

    run: Callable[[], object]
    result: Callable[[], dict]
