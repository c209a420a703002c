"""The look that all pictures start from: what plotly's own template says of points and lines, and no more.

Without it plotly fills in the rest, for forty other kinds of chart, and checks it with each picture and each change.
"""

_AXIS = {
    "gridcolor": "white",
    "linecolor": "white",
    "ticks": "",
    "title": {"standoff": 15},
    "zerolinecolor": "white",
    "zerolinewidth": 2,
    "automargin": True,
}
TEMPLATE = {
    "layout": {
        "autotypenumbers": "strict",
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
}
