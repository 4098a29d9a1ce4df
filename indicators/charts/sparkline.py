"""A line without axes, for the course of one figure inside a card: a small SVG."""

import pandas as pd

from indicators.charts.theme import FOCUS

WIDTH, HEIGHT, _EDGE = 240, 44, 4


def sparkline(rows: pd.DataFrame) -> str:
    """SVG of rows with year, value and basis; gaps and changes of basis part the line, the end is marked.

    The vertical scale starts at 0 (or at the lowest value below it). Empty without two values.
    """
    known = rows[rows["value"].notna()]
    if len(known) < 2:
        return ""
    years, values = known["year"], known["value"]
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    across = (WIDTH - 2 * _EDGE) / max(int(years.max() - years.min()), 1)
    down = (HEIGHT - 2 * _EDGE) / ((high - low) or 1.0)
    points = [
        (_EDGE + (year - years.min()) * across, HEIGHT - _EDGE - (value - low) * down)
        for year, value in zip(years, values, strict=True)
    ]
    parted = (known["basis"].ne(known["basis"].shift()) | years.diff().gt(1)).cumsum()
    paths = []
    for _, places in known.assign(_n=range(len(known))).groupby(parted, sort=False)["_n"]:
        steps = " ".join(f"{points[n][0]:.1f},{points[n][1]:.1f}" for n in places)
        paths.append(f'<polyline points="{steps}"/>')
    x, y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke="{FOCUS}" stroke-width="2" '
        f'stroke-linejoin="round">{"".join(paths)}</g><circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{FOCUS}"/></svg>'
    )
