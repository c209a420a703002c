"""A kernel that is about to import plotly's live pictures in; one that does so a second earlier out."""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

GRAMMAR = "rfc3987_syntax"


def read_addresses_later() -> None:
    """Build the grammar of internet addresses when the first address is checked, not in every kernel.

    plotly's live pictures import nbformat, that jsonschema, and that a package which builds a grammar while it is
    imported: more than half of what a notebook needs to start. No notebook checks an address.
    """
    if GRAMMAR in sys.modules or find_spec(GRAMMAR) is None:
        return
    later = ModuleType(GRAMMAR)

    def is_valid_syntax(term: str, value: str) -> bool:
        if sys.modules.get(GRAMMAR) is later:
            del sys.modules[GRAMMAR]
        return bool(import_module(GRAMMAR).is_valid_syntax(term, value))

    vars(later)["is_valid_syntax"] = is_valid_syntax
    sys.modules[GRAMMAR] = later
