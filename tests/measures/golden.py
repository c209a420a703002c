"""Figures calculated elsewhere, each with its source."""

import json
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def golden_cases(name: str) -> list[dict]:
    return json.loads((GOLDEN / name).read_text(encoding="utf-8"))["cases"]
