"""One row of a profile as a small SVG without words, for rows that stand in a page and on paper."""

from collections.abc import Mapping

import pandas as pd

from indicators.charts.theme import FOCUS, GRID, GROUND, OTHERS, SECONDARY, SERIES_COLOURS, ink_on

WIDTH, HEIGHT, _EDGE = 300, 20, 10


def stripline(field: pd.DataFrame, *, highlight: str, peers: Mapping[str, str]) -> str:
    """All provinces of `field` (region, percentile) as ticks, the peers as numbered dots, the highlighted one larger.

    Empty where the highlighted region is not among them.
    """
    spots = dict(zip(field["region"], field["percentile"].map(_across), strict=True))
    if highlight not in spots:
        return ""
    middle = HEIGHT / 2
    ticks = "".join(f"M{x:.1f},6.5v7" for region, x in spots.items() if region not in peers and region != highlight)
    dots = "".join(
        f'<circle cx="{spots[code]:.1f}" cy="{middle:g}" r="5.5" fill="{colour}"/>'
        f'<text x="{spots[code]:.1f}" y="13" font-size="8.5" font-family="sans-serif" text-anchor="middle" '
        f'fill="{ink_on(colour)}">{number}</text>'
        for number, (code, colour) in enumerate(zip(peers, SERIES_COLOURS, strict=False), start=1)
        if code in spots
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="M{_across(0):g},{middle:g}H{_across(100):g}" stroke="{GRID}"/>'
        f'<path d="M{_across(50):g},1v{HEIGHT - 2}" stroke="{SECONDARY}" stroke-dasharray="2 2"/>'
        f'<path d="{ticks}" stroke="{OTHERS}" stroke-width="1.5"/>{dots}'
        f'<circle cx="{spots[highlight]:.1f}" cy="{middle:g}" r="5.5" fill="{FOCUS}" stroke="{GROUND}" '
        f'stroke-width="1.5"/></svg>'
    )


def _across(percentile: float) -> float:
    return _EDGE + percentile / 100 * (WIDTH - 2 * _EDGE)
