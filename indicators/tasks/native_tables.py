"""Views that are tables or tiles in office programs: heat, profile, single figures, any table, the tile map."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np
import pandas as pd

from indicators.charts.heat import UNKNOWN, is_dark
from indicators.charts.strip import FALL, RISE
from indicators.charts.theme import EMPTY_TILE, FOCUS, GROUND, INK, SECONDARY
from indicators.charts.tilemap import class_colours, class_limits
from indicators.export.native import Cell, Column, Grid, Tile, Tiles
from indicators.language.captions import series_scale
from indicators.language.fact_panels import fact_name, fact_value, listed_lines, panel_headings, panel_warning
from indicators.language.messages import text
from indicators.language.names import name_in
from indicators.language.numbers import MISSING
from indicators.language.profile import profile_table
from indicators.language.tables import decimals_of
from indicators.model.catalogue import Language
from indicators.model.fact_panels import fact_rows
from indicators.tasks.browse import View
from indicators.tasks.draw import tile_rows
from indicators.tasks.draw_change import is_of_places
from indicators.tasks.draw_heat import worded_cells
from indicators.tasks.marks import SIGNED
from indicators.tasks.profile import profile_of

_MOST_COLUMNS, _COLUMNS_OF_PAPER = 11, 7


def map_tiles(view: View) -> Tiles:
    """The tile map with its classes of colours."""
    tiles, values = tile_rows(view)
    is_signed = bool((values < 0).any()) or view.spec.measure in SIGNED
    limits = class_limits(values, is_signed=is_signed)
    colours = class_colours(limits, is_signed=is_signed)
    highlight = view.spec.highlight or view.edition.focus
    scale = series_scale(view.series, view.edition.catalogue)
    drawn = []
    for tile in tiles.to_dict("records"):
        has_value = pd.notna(tile["value"])
        fill = colours[int(np.searchsorted(limits, tile["value"], side="right"))] if has_value else EMPTY_TILE
        ink = SECONDARY if not has_value else GROUND if is_dark(fill) else INK
        label = tile["label"] if has_value else MISSING if tile["is_asked"] else ""
        place = int(tile["tile_row"]), int(tile["tile_col"])
        is_hatched = bool(not has_value and tile["is_asked"])
        drawn.append(Tile(*place, tile["name"], label, fill, ink, tile["region"] == highlight, is_hatched))
    return Tiles(tuple(drawn), tuple(colours), tuple(scale.axis(limit) for limit in limits))


def heat_grid(view: View) -> Grid:
    """Regions by years, coloured as on the screen, a dotted line where definitions change."""
    spec, catalogue = view.spec, view.edition.catalogue
    language, highlight = spec.language, spec.highlight or view.edition.focus
    rows = worded_cells(view, in_full=())
    known = rows["value"].dropna().to_numpy(float)
    is_place = is_of_places(view)
    is_signed = bool((known < 0).any()) or spec.measure in SIGNED
    limits = class_limits(known, is_signed=is_signed)
    colours = class_colours(limits, is_signed=is_signed)[:: -1 if is_place else 1]
    years = sorted(int(year) for year in rows["year"].unique())
    lines = []
    for region, own in rows.groupby("region", sort=False):
        is_focus = region == highlight
        cells = [Cell(str(own["name"].iloc[0]), ink=FOCUS if is_focus else "", is_bold=is_focus)]
        before = ""
        by_year = {int(row["year"]): row for row in own.to_dict("records")}
        for year in years:
            row = by_year[year]
            if pd.isna(row["value"]):
                is_unknown = row["reason"] in UNKNOWN
                cells.append(Cell("", fill=EMPTY_TILE, is_hatched=is_unknown))
                continue
            fill = colours[int(np.searchsorted(limits, row["value"], side="right"))]
            definition = row["basis"] + row["other_basis"] + "|"
            is_new = bool(before) and definition != before
            before = definition
            cells.append(Cell(row["label"], fill, GROUND if is_dark(fill) else INK, is_focus, starts_anew=is_new))
        lines.append(tuple(cells))
    scale = series_scale(view.series, catalogue)
    return Grid(
        columns=(Column(text(language, "table.region")), *(Column(str(year), is_number=True) for year in years)),
        rows=tuple(lines),
        heading=_heat_key(rows, lines, language),
        is_dense=True,
        colours=tuple(colours),
        limits=tuple(scale.axis(limit) for limit in limits),
    )


def _heat_key(rows: pd.DataFrame, lines: Sequence[Sequence[Cell]], language: Language) -> str:
    """What cells without a colour and dotted lines mean, as far as they occur."""
    empty = rows[rows["value"].isna()]
    occurs = {
        "unknown": bool(empty["reason"].isin(UNKNOWN).any()),
        "not_computed": bool((~empty["reason"].isin(UNKNOWN)).any()),
        "break": any(cell.starts_anew for line in lines for cell in line),
    }
    return "    ".join(text(language, f"chart.key.{name}") for name, does in occurs.items() if does)


def profile_grid(view: View) -> Grid:
    """The profile of a region: a row an indicator under the headings of their categories."""
    language = view.spec.language
    profile = profile_of(view)
    rows = profile.rows
    table = profile_table(replace(view.series, spec=view.spec.but(highlight=profile.region)), view.edition.catalogue)
    peers = [
        text(language, "profile.of_peer", region=name_in(view.series, code, view.edition.catalogue))
        for code in profile.peers
    ]
    heads = ["profile.indicator", "profile.value", "table.year", "profile.change", "profile.place"]
    columns = [Column(text(language, code), is_number=code != heads[0]) for code in heads]
    columns.append(Column(text(language, "profile.moved", year=view.spec.years[0]), is_number=True))
    columns.append(Column(text(language, "profile.percentile"), is_number=True))
    columns.append(Column(text(language, "profile.median"), is_number=True))
    columns += [Column(peer, is_number=True) for peer in peers]
    lines: list[tuple[Cell, ...]] = []
    heading = ""
    for n, row in enumerate(rows.to_dict("records")):
        if row["heading"] != heading:
            heading = row["heading"]
            lines.append((Cell(heading, is_bold=True),))
        ink = RISE if row["way"] > 0 else FALL if row["way"] < 0 else SECONDARY
        percentile = "" if pd.isna(row["percentile"]) else f"{row['percentile']:.0f}"
        told = table.iloc[n]
        lines.append(
            (
                Cell(row["name"]),
                Cell(row["value_text"], is_bold=True),
                Cell(row["year_text"], ink=SECONDARY),
                Cell(row["change_text"], ink=ink),
                Cell(row["place_text"]),
                Cell(row["moved_text"], ink=SECONDARY),
                Cell(percentile),
                Cell(str(told[text(language, "profile.median")])),
                *(Cell(str(told[peer])) for peer in peers),
            )
        )
    return Grid(tuple(columns), tuple(lines))


def fact_grid(view: View) -> Grid:
    """Single figures: those that compare under one heading, and those that stand for themselves with the reason."""
    series, catalogue, arranged = view.series, view.edition.catalogue, view.facts
    assert arranged is not None
    language, highlight = view.spec.language, view.spec.highlight or view.edition.focus
    lines: list[tuple[Cell, ...]] = []
    for panel, heading in zip(arranged.panels, panel_headings(arranged, series, catalogue), strict=True):
        warning = panel_warning(panel, series)
        lines.append((Cell(f"{heading}  {warning}".strip(), is_bold=True, ink=INK),))
        for row in fact_rows(panel.rows.sort_values("value", ascending=False, kind="stable")):
            ink = FOCUS if row["region"] == highlight else ""
            name = fact_name(row, series, catalogue, beside=panel.rows)
            value = fact_value(row, series, catalogue)
            lines.append((Cell(name, ink=ink), Cell(value, ink=ink, is_bold=True), Cell("")))
    listed = listed_lines(arranged, series, catalogue)
    if listed:
        lines.append((Cell(text(language, "panels.column.what"), is_bold=True, ink=INK),))
    lines += [(Cell(what), Cell(value, is_bold=True), Cell(why)) for what, value, why in listed]
    heads = ("profile.indicator", "panels.column.value", "table.note")
    return Grid(tuple(Column(text(language, code)) for code in heads), tuple(lines))


def table_grids(view: View) -> tuple[Grid, ...]:
    """The table of a view; of very many columns several tables side after side."""
    return tuple(grids_of(view.readable, view.spec.language))


def document_grids(view: View) -> list[Grid]:
    """The table of a view for a page of paper."""
    if view.facts is not None:
        return [fact_grid(view)]
    if view.spec.chart == "strip":
        return _parted(profile_grid(view), _COLUMNS_OF_PAPER)
    return grids_of(view.readable, view.spec.language, most=8)


def _parted(grid: Grid, most: int) -> list[Grid]:
    """A table of many columns as several, each with the first column."""
    later = range(1, len(grid.columns))
    parts = [(0, *later[n : n + most - 1]) for n in range(0, len(later), most - 1)]
    return [
        replace(
            grid,
            columns=tuple(grid.columns[n] for n in part),
            rows=tuple(row if len(row) == 1 else tuple(row[n] for n in part) for row in grid.rows),
        )
        for part in parts
    ]


def grids_of(table: pd.DataFrame, language: Language, *, most: int = _MOST_COLUMNS) -> list[Grid]:
    """A readable table without its empty columns and sources, which the footer tells, in parts of so many columns."""
    without = table.drop(columns=[text(language, "table.source")], errors="ignore")
    kept = without.loc[:, [bool(without[name].astype(str).str.strip().ne("").any()) for name in without.columns]]
    first, rest = list(kept.columns[:1]), list(kept.columns[1:])
    count = max(1, ceil(len(rest) / (most - 1)))
    size = max(1, ceil(len(rest) / count))
    year = text(language, "table.year")
    return [_grid(kept[first + rest[n : n + size]], year) for n in range(0, max(len(rest), 1), size)]


def _grid(table: pd.DataFrame, year: str) -> Grid:
    is_number = {name: pd.api.types.is_numeric_dtype(table[name]) for name in table.columns}
    columns = tuple(Column(str(name), is_number=is_number[name]) for name in table.columns)
    places = {name: decimals_of(table[name]) if is_number[name] else 0 for name in table.columns}
    rows = tuple(
        tuple(
            Cell(_printed(value, plain=name == year, decimals=places[name]))
            for name, value in zip(table.columns, row, strict=True)
        )
        for row in table.itertuples(index=False, name=None)
    )
    return Grid(columns, rows)


def _printed(value: str | float | None, *, plain: bool, decimals: int) -> str:
    """A cell as it is printed, with the decimals of its column, a dash for what is missing."""
    if value is None or pd.isna(value):
        return MISSING
    if isinstance(value, int | np.integer):
        return str(value) if plain else f"{value:,}"
    if isinstance(value, float | np.floating):
        return f"{float(value):,.{decimals}f}".replace("-", "−")
    return str(value)
