"""The words of the field: indicators, regions, sources, bases, units, subjects, groups.

Entries are frozen; the catalogue is one value of a revision, so a pinned view keeps the names
and definitions that it was made with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from indicators.errors import Invalid, NotFound

if TYPE_CHECKING:
    import pandas as pd  # slow to import, and the process that reads workbooks does without

Language = Literal["zh", "en"]
IndicatorKind = Literal["flow", "stock", "ratio", "rank", "rate", "cap"]
Change = Literal["percent", "points", "none"]
Direction = Literal["up", "down", "none"]
Measure = Literal["value", "growth", "cagr", "index", "share", "per_capita", "share_gdp", "rank", "gap"]
RegionLevel = Literal["country", "aggregate", "nation", "group", "province", "city", "new_area"]

NATION = "CHN"
ALL_PROVINCES = "provinces"
ALL_COUNTRIES = "countries"
ALL_TOTALS = "totals"
ALL_PLACES = "places"
TOTAL_OF = "total-"
# The four groups that national statistics divide the 31 provinces into, without overlap.
DIVISION = ("east", "central", "west", "northeast")


def _split(text: object) -> object:
    return tuple(part for part in text.split("|") if part) if isinstance(text, str) else text


class Entry(BaseModel):
    """Anything the catalogue names by code, in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name_zh: str
    name_en: str

    def name(self, language: Language) -> str:
        """Full name in the language."""
        return self.name_zh if language == "zh" else self.name_en


class Indicator(Entry):
    """What is measured. `bases` holds the official line first, then definitions kept apart from it."""

    short_zh: str
    short_en: str
    unit: str
    category: str
    kind: IndicatorKind
    direction: Direction
    decimals: int
    measures: tuple[Measure, ...]
    bases: tuple[tuple[str, ...], ...]
    aliases: tuple[str, ...]
    definition_zh: str
    definition_en: str
    headline: int | None

    _lists = field_validator("measures", "aliases", mode="before")(_split)

    @field_validator("bases", mode="before")
    @classmethod
    def _base_lines(cls, text: object) -> object:
        if not isinstance(text, str):
            return text
        return tuple(tuple(line.split("+")) for line in text.split("|") if line)

    @field_validator("headline", mode="before")
    @classmethod
    def _no_headline(cls, text: object) -> object:
        return None if text == "" else text

    @property
    def all_bases(self) -> tuple[str, ...]:
        """Every basis that an observation of this indicator may follow."""
        return tuple(basis for line in self.bases for basis in line)

    @property
    def official_bases(self) -> tuple[str, ...]:
        """The bases that continue one another as the official line, preferred one first."""
        return self.bases[0] if self.bases else ("",)

    @property
    def change(self) -> "Change":
        """How two values differ: amounts by percent, percentages by points; places and other rates by neither."""
        if self.unit == "%":
            return "points"
        return "percent" if self.kind in ("flow", "stock") else "none"

    def short(self, language: Language) -> str:
        """Short name for titles and tiles."""
        return self.short_zh if language == "zh" else self.short_en

    def definition(self, language: Language) -> str:
        """What is counted, whose, and the traps."""
        return self.definition_zh if language == "zh" else self.definition_en


class Region(Entry):
    """A reference area; provinces have a place on the tile map."""

    level: RegionLevel
    short_zh: str
    short_en: str
    parent: str
    groups: tuple[str, ...]
    tile_row: int | None
    tile_col: int | None
    aliases: tuple[str, ...]

    _lists = field_validator("groups", "aliases", mode="before")(_split)

    @field_validator("tile_row", "tile_col", mode="before")
    @classmethod
    def _no_tile(cls, text: object) -> object:
        return None if text == "" else text

    def short(self, language: Language) -> str:
        """Short name for axes, tiles and titles."""
        return self.short_zh if language == "zh" else self.short_en


class Source(Entry):
    """Where figures come from; a smaller `rank` is preferred. `name_*` is the publication's title."""

    rank: int
    publisher_zh: str
    publisher_en: str
    edition_zh: str
    edition_en: str
    years: str
    licence_zh: str
    licence_en: str
    classification: Literal["public", "internal"]
    obtained: str
    checked: str

    def publisher(self, language: Language) -> str:
        """Who published it."""
        return self.publisher_zh if language == "zh" else self.publisher_en

    def edition(self, language: Language) -> str:
        """Which edition or years of the publication."""
        return self.edition_zh if language == "zh" else self.edition_en

    def licence(self, language: Language) -> str:
        """What may be done with it."""
        return self.licence_zh if language == "zh" else self.licence_en

    def citation(self, language: Language) -> str:
        """Publisher and title as one line."""
        joint = "，" if language == "zh" else ", "
        return f"{self.publisher(language)}{joint}{self.name(language)}"


class Basis(Entry):
    """Which definition a figure follows (统计口径)."""

    definition_zh: str
    definition_en: str

    def definition(self, language: Language) -> str:
        """What the definition counts."""
        return self.definition_zh if language == "zh" else self.definition_en


class Unit(Entry):
    """A unit as printed in Chinese, its dimension, and the unit that English readers use."""

    dimension: str
    factor: float
    unit_en: str
    factor_en: float


class Subject(Entry):
    """The fund, programme, university or company that a figure belongs to."""

    region: str


class Group(Entry):
    """A group of provinces, such as 西部地区."""


ENTRY_TYPES: dict[str, type[Entry]] = {
    "indicator": Indicator,
    "region": Region,
    "source": Source,
    "basis": Basis,
    "unit": Unit,
    "subject": Subject,
    "group": Group,
}


@dataclass(frozen=True)
class Catalogue:
    """All entries by code, in the order of the catalogue's files."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the 31 provinces that national statistics break down into."""
        return tuple(code for code, region in self.regions.items() if region.level == "province" and region.groups)

    @cached_property
    def totals(self) -> Mapping[str, Region]:
        """Groups of provinces taken as one region each, by code: total-west is 西部地区 as a whole."""
        return {f"{TOTAL_OF}{code}": _whole(group) for code, group in self.groups.items()}

    def region(self, code: str) -> Region:
        """A region, or a group taken as one. Raises NotFound("region")."""
        found = self.regions.get(code) or self.totals.get(code)
        if found is None:
            raise NotFound("region", found=code)
        return found

    @cached_property
    def headlines(self) -> tuple[Indicator, ...]:
        """The key indicators of the overview, in their order."""
        chosen = [i for i in self.indicators.values() if i.headline is not None]
        return tuple(sorted(chosen, key=lambda i: i.headline or 0))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Codes of the countries of international tables, China among them."""
        return (NATION, *(code for code, region in self.regions.items() if region.level == "country"))

    def indicator(self, code: str) -> Indicator:
        """Indicator by code. Raises NotFound("indicator")."""
        if code not in self.indicators:
            raise NotFound("indicator", found=code)
        return self.indicators[code]

    def members(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Regions that a list of region and group codes stands for, each once, in that order."""
        members: dict[str, None] = {}
        for code in codes:
            if code == ALL_PROVINCES:
                members.update(dict.fromkeys(self.provinces))
            elif code == ALL_COUNTRIES:
                members.update(dict.fromkeys(self.countries))
            elif code == ALL_PLACES:
                members.update(dict.fromkeys(self.regions))
            elif code == ALL_TOTALS:
                members.update(dict.fromkeys(f"{TOTAL_OF}{group}" for group in DIVISION if group in self.groups))
            elif code in self.groups:
                members.update(dict.fromkeys(c for c in self.provinces if code in self.regions[c].groups))
            else:
                members[code] = None
        return tuple(members)


def _whole(group: Group) -> Region:
    names = {"name_zh": group.name_zh, "name_en": group.name_en, "short_zh": group.name_zh, "short_en": group.name_en}
    places: dict[str, object] = {"parent": NATION, "groups": (), "aliases": (), "tile_row": None, "tile_col": None}
    return Region.model_validate({"code": f"{TOTAL_OF}{group.code}", "level": "group", **names, **places})


def entries_from_text(kind: str, frame: "pd.DataFrame") -> dict[str, Entry]:
    """Entries of one kind from a frame of texts. Raises Invalid("catalogue.entry") with its place."""
    entries: dict[str, Entry] = {}
    for row, fields in enumerate(frame.to_dict("records"), start=2):
        try:
            entry = ENTRY_TYPES[kind].model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            column = ".".join(str(part) for part in first["loc"])
            raise Invalid(
                "catalogue.entry", kind=kind, row=row, column=column, found=str(first["input"])[:60]
            ) from None
        if entry.code in entries:
            raise Invalid("catalogue.duplicate", kind=kind, row=row, found=entry.code)
        entries[entry.code] = entry
    return entries


def catalogue_of(entries: Mapping[str, Mapping[str, Entry]]) -> Catalogue:
    """Catalogue from entries by kind, with its references checked. Raises Invalid("catalogue.reference")."""
    catalogue = Catalogue(
        indicators=entries["indicator"],  # type: ignore[arg-type]
        regions=entries["region"],  # type: ignore[arg-type]
        sources=entries["source"],  # type: ignore[arg-type]
        bases=entries["basis"],  # type: ignore[arg-type]
        units=entries["unit"],  # type: ignore[arg-type]
        subjects=entries["subject"],  # type: ignore[arg-type]
        groups=entries["group"],  # type: ignore[arg-type]
    )
    for code, indicator in catalogue.indicators.items():
        _known("indicator", code, "unit", [indicator.unit], catalogue.units)
        _known("indicator", code, "bases", indicator.all_bases, catalogue.bases)
    for code, region in catalogue.regions.items():
        _known("region", code, "parent", [region.parent] if region.parent else [], catalogue.regions)
        _known("region", code, "groups", region.groups, catalogue.groups)
    for code, subject in catalogue.subjects.items():
        _known("subject", code, "region", [subject.region], catalogue.regions)
    return catalogue


def merged(first: Catalogue, second: Catalogue) -> Catalogue:
    """All entries of two catalogues, to name what stands in either; the second goes before."""
    parts = [part.name for part in dataclass_fields(Catalogue)]
    return Catalogue(*({**getattr(first, part), **getattr(second, part)} for part in parts))


def _known(kind: str, code: str, column: str, references: Iterable[str], known: Mapping[str, Entry]) -> None:
    for reference in references:
        if reference not in known:
            raise Invalid("catalogue.reference", kind=kind, entry=code, column=column, found=reference)
