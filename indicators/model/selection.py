"""Which observations somebody looks at: a search and filters that stand in the link."""

from collections.abc import Iterable, Mapping
from unicodedata import normalize

import pandas as pd
from pydantic import BaseModel, ConfigDict

from indicators.model.catalogue import ALL_PROVINCES, Catalogue, Entry
from indicators.model.observation import KEY
from indicators.model.period import parse_period
from indicators.model.spec import Link, QueryProblem
from indicators.model.status import STATUSES

PARAMS = {
    "words": "q",
    "indicators": "i",
    "regions": "r",
    "categories": "cat",
    "sources": "src",
    "statuses": "st",
    "bases": "basis",
}
_YEARS = "y"
_LONGEST_SEARCH = 100
_TARGET = "target"


class Selection(BaseModel):
    """Observations that contain all `words` and pass every filter; an empty filter lets all pass.

    `regions` may hold group codes; `first` and `last` are years that an observation's period has to touch.
    """

    model_config = ConfigDict(frozen=True)

    words: str = ""
    indicators: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()


def selection_of(query: Mapping[str, str], catalogue: Catalogue) -> tuple[Selection, tuple[QueryProblem, ...]]:
    """The selection that a query string asks for, and what of it was left out."""
    link = Link(query)
    first, last = _years(link)
    selection = Selection(
        words=" ".join(link.raw(PARAMS["words"])[:_LONGEST_SEARCH].split()),
        indicators=link.codes(PARAMS["indicators"], "indicator", catalogue.indicators),
        regions=link.codes(PARAMS["regions"], "region", [*catalogue.regions, *catalogue.groups, ALL_PROVINCES]),
        categories=link.codes(PARAMS["categories"], "category", {i.category for i in catalogue.indicators.values()}),
        sources=link.codes(PARAMS["sources"], "source", catalogue.sources),
        statuses=link.codes(PARAMS["statuses"], "status", STATUSES),
        bases=link.codes(PARAMS["bases"], "basis_unknown", catalogue.bases),
        first=first,
        last=last,
    )
    return selection, tuple(link.problems)


def selection_query(selection: Selection) -> dict[str, str]:
    """The selection's part of the query string; filters that let all pass are left out."""
    fields = {param: getattr(selection, name) for name, param in PARAMS.items()}
    texts = {param: value if isinstance(value, str) else ",".join(value) for param, value in fields.items()}
    if selection.first is not None or selection.last is not None:
        texts[_YEARS] = years_param(selection.first, selection.last)
    return {param: text for param, text in texts.items() if text}


def years_param(first: int | None, last: int | None) -> str:
    """`2010-2024`, `2010-`, `-2024`, `2023` or nothing."""
    if first == last:
        return "" if first is None else str(first)
    return f"{'' if first is None else first}-{'' if last is None else last}"


def selected(observations: pd.DataFrame, texts: pd.Series, selection: Selection, catalogue: Catalogue) -> pd.DataFrame:
    """The observations of a selection, in their order; `texts` are those of `search_texts`."""
    keeps = pd.Series(True, observations.index)
    categories = {code for code, i in catalogue.indicators.items() if i.category in selection.categories}
    filters = {
        "indicator": [set(selection.indicators), categories],
        "region": [set(catalogue.members(selection.regions))],
        "source": [set(selection.sources)],
        "status": [set(selection.statuses)],
        "basis": [set(selection.bases)],
    }
    for column, allowed in filters.items():
        for codes in filter(None, allowed):
            keeps &= observations[column].isin(codes)
    keeps &= _touches(observations["period"], selection.first, selection.last)
    for word in _folded(selection.words).split():
        keeps &= texts.str.contains(word, regex=False)
    return observations[keeps]


def search_texts(observations: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """What each observation is found by: names and aliases, print, notes, place in the source, period and number."""
    named: dict[str, Mapping[str, Entry]] = {
        "indicator": catalogue.indicators,
        "region": catalogue.regions,
        "subject": catalogue.subjects,
        "basis": catalogue.bases,
        "source": catalogue.sources,
    }
    texts = pd.Series("", observations.index)
    for column, entries in named.items():
        words = {code: _folded(_words(entries.get(code), code)) for code in observations[column].unique()}
        texts = texts + " " + observations[column].map(words)
    for column in ("printed", "note", "note_en", "locator", "period"):
        words = {text: _folded(text) for text in observations[column].unique()}
        texts = texts + " " + observations[column].map(words)
    numbers = {value: f"{value:.12g} {value:,.12g}" for value in observations["value"].dropna().unique()}
    return texts + " " + observations["value"].map(numbers).fillna("").astype("str")


def in_reading_order(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Observations by indicator and region as the catalogue lists them, the newest first."""
    indicators = {code: place for place, code in enumerate(catalogue.indicators)}
    regions = {code: place for place, code in enumerate(catalogue.regions)}
    placed = observations.assign(
        _indicator=observations["indicator"].map(indicators), _region=observations["region"].map(regions)
    )
    newest_first = placed.sort_values(["period", "basis", "source"], ascending=[False, True, True], kind="stable")
    ordered = newest_first.sort_values(["_indicator", "_region"], kind="stable")
    return ordered.drop(columns=["_indicator", "_region"]).reset_index(drop=True)


def key_text(row: Mapping[str, object]) -> str:
    """The key of an observation as a link holds it."""
    return ",".join([*(str(row[column]) for column in KEY[:-1]), _TARGET if row["is_target"] else ""])


def of_key(observations: pd.DataFrame, text: str) -> pd.DataFrame:
    """The observation of a key as a link holds it: one row, or none where there is no such figure."""
    parts = text.split(",")
    if len(parts) != len(KEY):
        return observations.iloc[:0]
    keeps = observations["is_target"] == (parts[-1] == _TARGET)
    for column, code in zip(KEY[:-1], parts[:-1], strict=True):
        keeps &= observations[column] == code
    return observations[keeps]


def years_of(period: str) -> tuple[int, int]:
    """First and last year that a period touches."""
    parsed = parse_period(period)
    return int(parsed.start[:4]), int(parsed.end[:4])


def _touches(periods: pd.Series, first: int | None, last: int | None) -> pd.Series:
    spans = {period: years_of(period) for period in periods.unique()}
    fits = {
        period: (last is None or start <= last) and (first is None or end >= first)
        for period, (start, end) in spans.items()
    }
    return periods.map(fits).astype(bool)


def _years(link: Link) -> tuple[int | None, int | None]:
    raw = link.raw(_YEARS)
    first, dash, last = raw.partition("-")
    ends = (first, last if dash else first)
    if not all(end == "" or (end.isascii() and end.isdecimal() and len(end) == 4) for end in ends):
        link.reject("years_unreadable", raw)
        return None, None
    start, end = (int(text) if text else None for text in ends)
    return (end, start) if start is not None and end is not None and start > end else (start, end)


def _words(entry: Entry | None, code: str) -> str:
    if entry is None:
        return code
    others: Iterable[str] = (
        *(str(getattr(entry, name, "")) for name in ("short_zh", "short_en", "publisher_zh", "publisher_en")),
        *getattr(entry, "aliases", ()),
    )
    return " ".join((entry.name_zh, entry.name_en, *others))


def _folded(text: str) -> str:
    """Letters as they are searched: width, case and variants of signs make no difference."""
    return normalize("NFKC", text).casefold()
