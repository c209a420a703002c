"""Tables of the calibration in; their Markdown pages and the page that sums them up out."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from calibration_cells import Cell

COVERAGE_TARGET, CONSERVATIVE_ABOVE = 93.0, 97.0  # per cent, of nominal 95 % intervals


class Section(NamedTuple):
    """One table: its page, how it makes its cells, where its results stand, and what a row of effects says of it."""

    page: str
    cells: Callable[[], list[Cell]]
    wrong: tuple[str, ...]
    coverage: str
    target: float
    said: str


def sections(page: str) -> dict[str, str]:
    """Split a page into its tables by title."""
    parts = [part.split("\n", 1) for part in page.split("\n## ")[1:]]
    return {title.strip(): body.strip() for title, body in parts}


def markdown(table: pd.DataFrame) -> str:
    """Write a table of words as Markdown."""
    lines = [list(table.columns), ["---"] * table.shape[1], *table.astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def table_of(body: str) -> pd.DataFrame:
    """Read a table of words back from Markdown."""
    lines = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in body.splitlines()]
    return pd.DataFrame(lines[2:], columns=lines[0])


def numbers(column: pd.Series) -> pd.DataFrame:
    """Split "5.0 ± 0.4" into value and reach; words become missing."""
    parts = column.str.extract(r"^([\d.]+) ± ([\d.]+)$").astype(float)
    return parts.set_axis(["value", "reach"], axis=1)


def _named(table: pd.DataFrame, row: int) -> str:
    """Name a cell by its columns before the number of runs."""
    names = list(table.columns[: list(table.columns).index("runs")])
    return ", ".join(f"{name}: {table.loc[row, name]}" for name in names)


def missed(table: pd.DataFrame, section: Section) -> list[str]:
    """Say of each cell that misses a target which one and by how much; two Monte Carlo errors are allowed."""
    sentences = []
    for name in section.wrong:
        found = numbers(table[name])
        above = found["value"] - found["reach"] > section.target
        sentences += [
            f"{_named(table, row)}: {name.removesuffix(' %')} {table.loc[row, name]} %" for row in table[above].index
        ]
    if section.coverage:
        found = numbers(table[section.coverage])
        below = found["value"] + found["reach"] < COVERAGE_TARGET
        sentences += [
            f"{_named(table, row)}: {section.coverage.removesuffix(' %')} {table.loc[row, section.coverage]} %"
            for row in table[below].index
        ]
    return sentences


def _extreme(table: pd.DataFrame, names: list[str], *, lowest: bool = False) -> str:
    """Give the highest (or lowest) share in some columns, with its Monte Carlo errors."""
    words = pd.concat([table[name] for name in names]).reset_index(drop=True)
    values = numbers(words)["value"]
    return "" if values.isna().all() else str(words[values.idxmin() if lowest else values.idxmax()])


def overview(tables: dict[str, pd.DataFrame], every: dict[str, Section]) -> pd.DataFrame:
    """One row a section: how many cells, what is highest and lowest in them, and what is in use today beside it."""
    rows = []
    for title, table in tables.items():
        section = every[title]
        today = [name for name in table.columns if ("today" in name or "commonly used" in name) and "false" in name]
        coverage = numbers(table[section.coverage])["value"] if section.coverage else pd.Series(dtype=float)
        rows.append(
            {
                "method": f"[{title}]({section.page})",
                "cells": str(len(table)),
                "target %": f"{section.target:g}",
                "highest false positives %": _extreme(table, list(section.wrong)),
                "lowest coverage %": _extreme(table, [section.coverage], lowest=True) if section.coverage else "",
                "cells with coverage above 97 %": str(int((coverage > CONSERVATIVE_ABOVE).sum()))
                if section.coverage
                else "",
                "results that miss a target": str(len(missed(table, section))),
                "in use today, highest false positives %": _extreme(table, today) if today else "",
            }
        )
    return pd.DataFrame(rows)


def summary(tables: dict[str, pd.DataFrame], every: dict[str, Section]) -> str:
    """Write what holds and what does not."""
    parts = [markdown(overview(tables, every)), "\n\n## What does not hold, and what a row of effects says then\n"]
    for title, table in tables.items():
        if found := missed(table, every[title]):
            parts.append(f"\n**{title}**\n\n" + "\n".join(f"* {sentence}" for sentence in found))
            parts.append(f"\n\nSaid: {every[title].said}\n")
    if len(parts) == 2:
        parts.append("\nEvery cell holds.\n")
    return "".join(parts)
