"""Starting a kernel: the grammar of addresses is built when an address is checked, and not before."""

import subprocess
import sys

WITHOUT = "import jsonschema; import equity_metrics.views.drawing.in_place"
WITH = "import equity_metrics.views.drawing.in_place; import jsonschema"
CHECKED = """
import sys
from jsonschema import Draft202012Validator as V, FormatChecker
built = "rfc3987_syntax.syntax_helpers" in sys.modules
iri = V({"format": "iri"}, format_checker=V.FORMAT_CHECKER)
print(built, [iri.is_valid(address) for address in ("https://nhs.uk/", "no address", 1)],
      "rfc3987_syntax.syntax_helpers" in sys.modules)
"""


def said(before: str) -> str:
    return subprocess.check_output([sys.executable, "-c", f"{before}\n{CHECKED}"], text=True).strip()


def test_an_address_is_checked_as_without_us_but_the_grammar_is_built_for_the_first_one():
    assert said(WITHOUT) == "True [True, False, True] True"
    assert said(WITH) == "False [True, False, True] True"
