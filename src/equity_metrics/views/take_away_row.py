"""A way to ask what is on screen in; the row "take it away" of an explorer out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import ipywidgets as widgets

from equity_metrics.views.drawing.download import Download

EMPTY: dict[str, object] = {"said": "", "name": "", "kind": "", "content": b""}


@dataclass(frozen=True)
class TakenAway:
    """A file: its name, its media type and its bytes."""

    name: str
    kind: str
    content: bytes


class TakeAwayRow(widgets.Box):
    """Choose a format and press the button: the browser saves what is on screen, and the server keeps no file.

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
        # Wide enough for the longest choice, and the button for its words.
        self.form = widgets.Dropdown(
            options=list(formats),
            description=f"Take {what} away as",
            style={"description_width": "initial"},
            layout={"width": "26em"},
        )
        self.button = widgets.Button(description=f"Take {what} away", tooltip="Save what is on screen as a file")
        self.button.layout.width = "auto"
        self.download = Download()
        self.button.on_click(self._take)
        super().__init__(
            [self.form, self.button, self.download], layout={"flex_flow": "row wrap", "grid_gap": "4px 18px"}
        )
        self.add_class("em-take-away")

    def clear(self) -> None:
        """Take back the file: it is no longer what is on screen."""
        if self.download.said:
            self._offer(EMPTY)

    def _take(self, _button: object) -> None:
        self.button.disabled = True
        self._offer({**EMPTY, "said": "Working: the file is being made, which may take some seconds."})
        try:
            made = self._make(self.form.value)
            size = f"{max(len(made.content) / 1000, 1):,.0f} KB"
            ready = f"Ready: {made.name} ({size}) holds what is on screen now."
            self._offer({"said": ready, "name": made.name, "kind": made.kind, "content": made.content})
        except (ValueError, OSError, RuntimeError) as error:
            self._offer({**EMPTY, "said": str(error)})
        finally:
            self.button.disabled = False

    def _offer(self, told: dict[str, object]) -> None:
        with self.download.hold_sync():
            for name, value in told.items():
                setattr(self.download, name, value)
