"""Lines that miss their goals in; by how much, and where the time goes, out."""

from collections.abc import Sequence

from side_by_side import Line

WHY_MISSED = {
    "all 15 notebooks validated": (
        "A bare kernel reads nothing and draws nothing. Each notebook imports pandas, scipy, plotly and ipywidgets, "
        "reads its files, computes, draws and is compared cell by cell; the review makes a board pack four times, "
        "each with a browser of its own for the pictures."
    ),
    "rates and ratios with intervals": (
        "What is left is spent on telling the different words of each text column: pandas does so once to find them "
        "and once to group by them."
    ),
    "one control moved, cube": (
        "The bare update moves points. Ours asks for a new answer: it compares every group, decides on verdicts with "
        "p-values adjusted together, writes the sentence, the table, the notes and the words for those who do not see "
        "the picture, and makes the figure. It is the same for many rows as for few."
    ),
    "indicators 1, 2 and 5-8": (
        "Counting itself takes about as long as the bare group-bys. The rest is what makes cells into results: every "
        "cell is checked, the totals of the workforce are added, and each gets its interval and ratio."
    ),
    "100,000,000 rows counted": (
        "Before it counts, one pass finds the different words of each column, so that a word that nobody knows is "
        "refused by name. Afterwards each cell is named, checked and added to its totals."
    ),
    "one control moved in a browser": (
        "Most of it is the same answer as in the kernel, and the drawing of new labels. A choice that was made before "
        "is kept, and costs neither."
    ),
}
"""By the beginning of a line."""


def why_missed(lines: Sequence[Line]) -> str:
    """Say of each line that misses its goal by how much, and where the time goes."""
    told = [
        f"* **{line.what}**, {line.ratio / line.goal:.1f} times the goal beside {line.against}. {why}"
        for line in lines
        for beginning, why in WHY_MISSED.items()
        if line.goal is not None and not line.reached and line.what.startswith(beginning)
    ]
    return "\n## Why goals are missed\n\n" + "\n".join(told) + "\n" if told else ""
