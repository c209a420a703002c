"""A way to ask what is on screen in; the row "take it away" of an explorer out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock, Thread, current_thread

import ipywidgets as widgets

from equity_metrics.views.drawing.download import Download

EMPTY: dict[str, object] = {"said": "", "name": "", "kind": "", "content": b""}
STOPPED = "Stopped: no file was made."
FAILED = "No file could be made; choose another format, or look into the log of the server."


@dataclass(frozen=True)
class TakenAway:
    """A file: its name, its media type and its bytes."""

    name: str
    kind: str
    content: bytes


class TakeAwayRow(widgets.Box):
    """Choose a format and press the button: the browser saves what is on screen, and the server keeps no file.

    The file is made in a thread of its own, so that the page goes on answering and can be told to stop.

    Parameters
    ----------
    formats
        What can be chosen, in words.
    make
        Given one of ``formats``, writes what is on screen at that moment. Called by the button only.
    what
        Is taken away, in the words of the row: two rows on one page are told apart by it.
    """

    def __init__(self, formats: Iterable[str], make: Callable[[str], TakenAway], what: str = "it") -> None:
        self._make = make
        self._lock = Lock()
        self._job: Thread | None = None
        self._last: Thread | None = None
        # Wide enough for the longest choice, and the button for its words.
        self.form = widgets.Dropdown(
            options=list(formats),
            description=f"Take {what} away as",
            style={"description_width": "initial"},
            layout={"width": "26em"},
        )
        self.button = widgets.Button(description=f"Take {what} away", tooltip="Save what is on screen as a file")
        self.button.layout.width = "auto"
        self.stop = widgets.Button(description="Stop", tooltip="Stop making the file", layout={"display": "none"})
        self.download = Download()
        self.button.on_click(self._take)
        self.stop.on_click(lambda _: self._end(self._job, {**EMPTY, "said": STOPPED}))
        super().__init__(
            [self.form, self.button, self.stop, self.download],
            layout={"flex_flow": "row wrap", "grid_gap": "4px 18px"},
        )
        self.add_class("em-take-away")

    def clear(self) -> None:
        """Take back the file, or the work on it: it is no longer what is on screen."""
        self._end(self._job, EMPTY)
        if self.download.said:
            self._offer(EMPTY)

    def wait(self) -> None:
        """Wait until the file that was asked for last is made."""
        if self._last:
            self._last.join()

    def _take(self, _button: object) -> None:
        self.button.disabled, self.stop.layout.display = True, None
        self._offer({**EMPTY, "said": "Working: the file is being made, which may take some seconds."})
        self._job = self._last = Thread(target=self._work, args=[self.form.value], daemon=True)
        self._last.start()

    def _work(self, form: str) -> None:
        told = {**EMPTY, "said": FAILED}
        try:
            made = self._make(form)
            size = f"{max(len(made.content) / 1000, 1):,.0f} KB"
            ready = f"Ready: {made.name} ({size}) holds what is on screen now."
            told = {"said": ready, "name": made.name, "kind": made.kind, "content": made.content}
        except (ValueError, OSError, RuntimeError) as error:
            told = {**EMPTY, "said": str(error)}
        finally:
            self._end(current_thread(), told)

    def _end(self, job: Thread | None, told: dict[str, object]) -> None:
        """End a job with what it made; one that was stopped before says nothing any more."""
        with self._lock:
            if job is None or job is not self._job:
                return
            self._job = None
        self._offer(told)
        self.button.disabled, self.stop.layout.display = False, "none"

    def _offer(self, told: dict[str, object]) -> None:
        with self.download.hold_sync():
            for name, value in told.items():
                setattr(self.download, name, value)
