"""The same figure with larger type, marks and distances, to be read from afar."""

from copy import deepcopy

import plotly.graph_objects as go

_SIZES = ("size", "width", "height", "l", "r", "t", "b", "xshift", "yshift", "ticklabelstandoff")
# Widths and sizes under these are in units of an axis or say how a mark is scaled, not in pixels.
_NO_PIXELS = ("pattern",)


def enlarged(figure: go.Figure, factor: float) -> go.Figure:
    """A copy whose sizes in pixels are `factor` times as large; values, ranges and words stay."""
    drawn = figure.to_dict()
    for trace in drawn["data"]:
        width = trace.pop("width", None)  # of a bar: in units of the axis
        _enlarge(trace, factor)
        if width is not None:
            trace["width"] = width
    _enlarge(drawn["layout"], factor)
    return go.Figure(drawn)


def _enlarge(part: dict[str, object], factor: float) -> None:
    for key, value in part.items():
        if isinstance(value, dict) and key not in (*_NO_PIXELS, "meta"):
            part[key] = inner = deepcopy(value)
            _enlarge(inner, factor)
        elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            part[key] = inners = deepcopy(list(value))
            for inner in inners:
                _enlarge(inner, factor)
        elif key in _SIZES:
            part[key] = _times(value, factor)


def _times(value: object, factor: float) -> object:
    if isinstance(value, int):
        return round(value * factor)
    if isinstance(value, float):
        return value * factor
    if isinstance(value, list | tuple):
        return [_times(part, factor) for part in value]
    return value
