"""Every control of a page, moved one after the other as somebody would who tries them all."""

CONTROLS = (
    ".em-explorer select:visible, .em-explorer [role=slider]:visible, .em-explorer input[type=number]:visible, "
    ".em-explorer input[type=checkbox]:visible"
)
ANSWERED = 400
"""Milliseconds that a change is given to reach the picture."""


def each_control_moved(page):
    """Move every control to another value; give its place after each move that changes something."""
    place = 0
    # What a control is moved to can show or hide the next ones: they are counted anew each time.
    while place < page.locator(CONTROLS).count():
        if _moved(page.locator(CONTROLS).nth(place)):
            page.wait_for_timeout(ANSWERED)
            yield place
        place += 1


def _moved(control) -> bool:
    kind = control.evaluate("one => one.getAttribute('role') || one.tagName")
    if kind != "SELECT":
        control.focus()
        control.press("ArrowLeft" if kind == "slider" else "ArrowUp")
        return True
    options, chosen = control.evaluate("one => [one.options.length, one.selectedIndex]")
    if options > 1:
        control.select_option(index=(chosen + 1) % options)
    return options > 1
