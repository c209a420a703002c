"""Every control of a page, moved one after the other with the keyboard, as somebody would who tries them all."""

CONTROLS = (
    ".em-explorer select:visible, .em-explorer [role=slider]:visible, .em-explorer input[type=number]:visible, "
    ".em-explorer input[type=checkbox]:visible"
)
ANSWERED = 400
"""Milliseconds that a change is given to reach the picture."""


STATE = "one => [one.value, one.checked, one.getAttribute('aria-valuenow')].join()"


def each_control_moved(page):
    """Move every control to another value by its keys; after each move give its place and whether it kept the focus."""
    place = 0
    # What a control is moved to can show or hide the next ones: they are counted anew each time.
    while place < page.locator(CONTROLS).count():
        control = page.locator(CONTROLS).nth(place)
        if key := _key(control):
            before = control.evaluate(STATE)
            control.focus()
            page.keyboard.press(key)
            assert control.evaluate(STATE) != before, f"{key} does not move control {place}"
            page.wait_for_timeout(ANSWERED)
            yield place, control.evaluate("one => one === document.activeElement")
        place += 1


def _key(control) -> str:
    """Choose the key that moves a control; none where there is nothing to choose."""
    kind, options, chosen = control.evaluate(
        "one => [one.getAttribute('role') || one.type, one.options?.length, one.selectedIndex]"
    )
    if kind.startswith("select"):
        return "" if options < 2 else "ArrowDown" if chosen + 1 < options else "ArrowUp"
    return {"slider": "ArrowLeft", "checkbox": "Space"}.get(kind, "ArrowUp")
