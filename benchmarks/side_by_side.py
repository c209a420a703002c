"""Two ways of doing one thing in; their times, taken in turns in one run, and the ratio, out."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from tqdm import tqdm

REACHED = {True: "reached", False: "missed", None: ""}


@dataclass(frozen=True)
class Line:
    """One line of the table: seconds are medians of ``runs``; ``goal``, where there is one, is the largest ratio."""

    what: str
    against: str
    ours: float
    theirs: float
    goal: float | None
    runs: int
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.theirs

    def as_json(self) -> dict[str, object]:
        """Write it for a history of runs."""
        return {**asdict(self), "ratio": self.ratio, "reached": self.reached}

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return None if self.goal is None else self.ratio <= self.goal


def side_by_side(
    what: str,
    against: str,
    ways: tuple[Callable[[], object], Callable[[], object]],
    goal: float | None,
    runs: int = 5,
    note: str = "",
) -> Line:
    """Take turns, so that what else the machine does falls on both alike; the first turn only warms up."""
    times: list[list[float]] = [[], []]
    for turn in tqdm(range(runs + 1), desc=what, file=sys.stderr, leave=False):
        for way, taken in zip(ways, times, strict=True):
            start = time.perf_counter()
            way()
            if turn:
                taken.append(time.perf_counter() - start)
    ours, theirs = (statistics.median(taken) for taken in times)
    return Line(what, against, ours, theirs, goal, runs, note)


def markdown(lines: Sequence[Line]) -> str:
    """One table, as it stands in the docs."""
    rows = [
        f"| {line.what} | {line.against} | {_time(line.ours)} | {_time(line.theirs)} | {_ratio(line.ratio)} | "
        f"{'' if line.goal is None else _ratio(line.goal)} | {REACHED[line.reached]} | {line.note} |"
        for line in lines
    ]
    head = "| what | against | ours | theirs | ratio | goal: at most | | note |\n|---|---|---|---|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"1/{1 / ratio:.0f}"
