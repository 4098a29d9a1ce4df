"""What may stand beside what: two sources of one figure, and any figures that a view sets side by side.

Two observations are comparable, comparable with a note, or not comparable, each for reasons that
are data. Whoever draws asks here; nothing else decides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product
from typing import Literal

import pandas as pd

from indicators.model.catalogue import NATION, TOTAL_OF, Catalogue, IndicatorKind, RegionLevel
from indicators.model.families import ANNOUNCEMENTS, KINDRED_BASES, family_of
from indicators.model.observation import KEY
from indicators.model.period import Period, parse_period
from indicators.model.qualifier import is_approximate, is_exact, possible_range
from indicators.model.series import UNDEFINED_BASES

Decision = Literal["comparable", "noted", "incomparable"]

_FIGURE = [column for column in KEY if column != "source"]
_APPROXIMATE_WITHIN = 0.05
_AMOUNTS: tuple[IndicatorKind, ...] = ("flow", "stock")
# Windows of one length compare; up to half as long again with a note; longer ones say another thing.
_WINDOWS_WITHIN = 1.5
_YEARS_WITHIN = 2


@dataclass(frozen=True)
class Reason:
    """Why figures compare with a note only, or (`forbids`) not at all (text `compare.<code>`).

    `values` are what differs: codes of indicators, bases, regions or subjects, or periods.
    """

    code: str
    forbids: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether figures compare, and every reason against it, forbidding ones first."""

    reasons: tuple[Reason, ...] = ()

    @property
    def decision(self) -> Decision:
        """The verdict in one word."""
        if any(reason.forbids for reason in self.reasons):
            return "incomparable"
        return "noted" if self.reasons else "comparable"

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the reasons."""
        return tuple(reason.code for reason in self.reasons)


@dataclass(frozen=True)
class _Traits:
    """All of an observation that decides what it may stand beside."""

    indicator: str
    region: str
    subject: str
    period: str
    basis: str
    status: str
    kind: IndicatorKind
    dimension: str
    level: RegionLevel

    @cached_property
    def time(self) -> Period:
        return parse_period(self.period)

    @property
    def of_class(self) -> tuple[str, ...]:
        """What it shares with others that differ in nothing but their place."""
        status = self.status if self.status in ("target", "unverified") else ""
        return self.indicator, self.subject, self.period, self.basis, status, self.level


def verdict(observations: pd.DataFrame, catalogue: Catalogue) -> Verdict:
    """Whether all these observations may stand side by side.

    Needs the columns indicator, region, basis, status, and period and subject, or `year` in their place.
    """
    traits = _traits(observations, catalogue)
    return _merged(
        reason for one, other in _telling_pairs(traits, catalogue) for reason in _reasons(one, other, catalogue)
    )


def comparable_sets(observations: pd.DataFrame, catalogue: Catalogue) -> list[pd.DataFrame]:
    """The observations parted so that those of one part compare, with a note at most; largest part first.

    A figure stays with those that compare plainly; only one that has none joins others by a note. The newest
    are placed first, targets last.
    """
    traits = _traits(observations, catalogue)
    decisions = {
        pair: _merged(_reasons(traits[pair[0]], traits[pair[1]], catalogue)).decision
        for pair in combinations(range(len(traits)), 2)
    }
    newest_first = sorted(
        range(len(traits)), key=lambda n: (traits[n].status == "target", -_month(traits[n].time.end, 12))
    )
    plain = _parted([[n] for n in newest_first], decisions, ("comparable",))
    several, single = [part for part in plain if len(part) > 1], [part for part in plain if len(part) == 1]
    noted = _parted([*several, *single], decisions, ("comparable", "noted"), kept=len(several))
    return [observations.iloc[sorted(part)] for part in sorted(noted, key=lambda part: (-len(part), min(part)))]


def why_apart(one: pd.DataFrame, others: pd.DataFrame, catalogue: Catalogue) -> Verdict:
    """Why some observations do not stand beside others: reasons between the two sides only, most frequent first."""
    pairs = product(_traits(one, catalogue), _traits(others, catalogue))
    found = [reason for pair in pairs for reason in _reasons(*pair, catalogue) if reason.forbids]
    codes = [reason.code for reason in found]
    merged = _merged(found).reasons
    return Verdict(tuple(sorted(merged, key=lambda reason: -codes.count(reason.code))))


def disagreements(observations: pd.DataFrame) -> pd.DataFrame:
    """Figures that several sources give with values further apart than their rounding explains.

    All rows of each such figure, in the order of the observations. Exact values agree when the finer
    one rounds to the coarser; a bound when the other lies on its open side; an approximate value
    when the other is within 5 %.
    """
    valued = observations[observations["value"].notna()]
    several = valued[valued.duplicated(_FIGURE, keep=False)]
    odd = [figure.index for _, figure in several.groupby(_FIGURE, sort=False) if not _agree(figure)]
    return several.loc[several.index.isin([row for rows in odd for row in rows])]


def _parted(
    parts: list[list[int]], decisions: dict[tuple[int, int], Decision], allowed: tuple[Decision, ...], kept: int = 0
) -> list[list[int]]:
    """Parts joined, each to the first with all of whose members it may stand; the first `kept` join no other."""
    joined = [list(part) for part in parts[:kept]]
    for part in parts[kept:]:
        pairs = ([decisions[min(a, b), max(a, b)] for a, b in product(part, other)] for other in joined)
        home = next((n for n, found in enumerate(pairs) if all(decision in allowed for decision in found)), None)
        if home is None:
            joined.append(list(part))
        else:
            joined[home] += part
    return joined


def _traits(observations: pd.DataFrame, catalogue: Catalogue) -> list[_Traits]:
    periods = observations["period"] if "period" in observations else observations["year"].astype(str)
    subjects = observations["subject"] if "subject" in observations else [""] * len(observations)
    return [
        _traits_of(str(code), str(region), subject, period, basis, status, catalogue)
        for code, region, subject, period, basis, status in zip(
            observations["indicator"],
            observations["region"],
            subjects,
            periods,
            observations["basis"],
            observations["status"],
            strict=True,
        )
    ]


def _traits_of(
    code: str, region: str, subject: str, period: str, basis: str, status: str, catalogue: Catalogue
) -> _Traits:
    indicator = catalogue.indicators[code]
    dimension = catalogue.units[indicator.unit].dimension
    level = catalogue.region(region).level
    return _Traits(code, region, subject, period, basis, status, indicator.kind, dimension, level)


def _telling_pairs(traits: Sequence[_Traits], catalogue: Catalogue) -> Iterator[tuple[_Traits, _Traits]]:
    """Pairs that together give every reason there is: of figures alike in all but place, a few speak for all."""
    classes: dict[tuple[str, ...], list[_Traits]] = {}
    for own in traits:
        classes.setdefault(own.of_class, []).append(own)
    for members in classes.values():
        yield from [(members[0], other) for other in members[1:2]]
    relations: tuple[Callable[[_Traits, _Traits], bool], ...] = (
        lambda one, other: one.region == other.region,
        lambda one, other: one.region != other.region,
        lambda one, other: _is_part(one.region, other.region, catalogue),
    )
    for here, there in combinations(classes.values(), 2):
        for relation in relations:
            yield from [pair for pair in product(here, there) if relation(*pair)][:1]


def _merged(reasons: Iterable[Reason]) -> Verdict:
    """One reason of each code, with all that differs; forbidding ones first."""
    merged: dict[str, Reason] = {}
    for reason in reasons:
        known = merged.get(reason.code, Reason(reason.code, forbids=False))
        values = tuple(dict.fromkeys([*known.values, *reason.values]))
        merged[reason.code] = Reason(reason.code, known.forbids or reason.forbids, values)
    return Verdict(tuple(sorted(merged.values(), key=lambda reason: not reason.forbids)))


def _reasons(one: _Traits, other: _Traits, catalogue: Catalogue) -> list[Reason]:
    return [
        *_of_indicators(one, other),
        *_of_status(one, other),
        *_of_time(one, other),
        *_of_basis(one, other),
        *_of_subject(one, other),
        *_of_region(one, other, catalogue),
    ]


def _of_indicators(one: _Traits, other: _Traits) -> list[Reason]:
    """Two indicators say two things, however alike their names; so do two units, and an amount and what flows in."""
    if one.indicator == other.indicator:
        return []
    named = (one.indicator, other.indicator)
    family = family_of(*named)
    if family is not None and family.kindred:
        return [Reason(f"family.{family.code}", forbids=False, values=named)]
    if one.kind == other.kind == "rank":
        return [Reason("rank_pools", forbids=True, values=named)]
    code = f"family.{family.code}" if family is not None else "indicators_differ"
    reasons = [Reason(code, forbids=True, values=named)]
    if one.dimension != other.dimension:
        reasons.append(Reason("units_differ", forbids=True, values=named))
    elif {one.kind, other.kind} == set(_AMOUNTS):
        reasons.append(Reason("stock_and_flow", forbids=True, values=named))
    return reasons


def _of_status(one: _Traits, other: _Traits) -> list[Reason]:
    """A target is no result: it stands beside one's own results only, or beside other announcements."""
    reasons = [
        Reason("unverified", forbids=False, values=(own.region,)) for own in (one, other) if own.status == "unverified"
    ]
    targets = [own for own in (one, other) if own.status == "target"]
    if len(targets) == 1:
        is_announced = one.indicator == other.indicator and one.indicator in ANNOUNCEMENTS
        is_own = one.region == other.region and one.subject == other.subject
        code = "proposed" if is_announced else "target_and_result"
        reasons.insert(0, Reason(code, forbids=not (is_announced or is_own), values=(targets[0].region,)))
    return reasons


def _of_time(one: _Traits, other: _Traits) -> list[Reason]:
    """Sums over windows compare where the windows are as long; places compare where the years are near."""
    if one.period == other.period or {one.kind, other.kind} == set(_AMOUNTS):
        return []
    named = (one.period, other.period)
    lengths = sorted((_months(one.time), _months(other.time)))
    windows = [own.time.kind in ("span", "quarter") for own in (one, other)]
    sums_up = bool({one.kind, other.kind} & {"flow", "rate"})
    if any(windows) and lengths[0] != lengths[1]:
        too_long = one.kind == "rate" or lengths[1] > _WINDOWS_WITHIN * lengths[0]
        code = "windows_differ" if all(windows) else "span_and_year"
        return [Reason(code, forbids=sums_up and too_long, values=named)]
    if any(windows) and one.kind == "rate":
        return [Reason("windows_differ", forbids=True, values=named)]
    if one.region == other.region:
        return []
    months = abs(_month(one.time.end, 12) - _month(other.time.end, 12))
    if months < 12:
        return [Reason("dates_differ", forbids=False, values=named)]
    too_far = months > 12 * _YEARS_WITHIN and one.kind not in ("rate", "cap")
    return [Reason("years_apart", forbids=too_far, values=named)]


def _of_basis(one: _Traits, other: _Traits) -> list[Reason]:
    """Two definitions need a word that lets them stand together; an undefined one is none."""
    if one.indicator != other.indicator:
        return []
    named = (one.basis, other.basis)
    if one.basis == other.basis:
        is_open = one.basis in UNDEFINED_BASES and one.region != other.region
        return [Reason("basis_undefined", forbids=False, values=(one.region, other.region))] if is_open else []
    if one.kind == "rank":
        return [Reason("rank_pools", forbids=True, values=named)]
    is_kindred = one.region == other.region and set(named) <= KINDRED_BASES.get(one.indicator, frozenset())
    return [Reason("bases_kindred" if is_kindred else "bases_differ", forbids=not is_kindred, values=named)]


def _of_subject(one: _Traits, other: _Traits) -> list[Reason]:
    """A fund or a university is not the place that it lies in."""
    if one.subject == other.subject:
        return []
    named = tuple(own.subject for own in (one, other) if own.subject)
    if one.subject and other.subject:
        return [Reason("subjects_differ", forbids=False, values=named)]
    return [Reason("subject_and_region", forbids=True, values=named)]


def _of_region(one: _Traits, other: _Traits, catalogue: Catalogue) -> list[Reason]:
    """A whole beside its part counts the part twice, ratios excepted; levels differ in what they answer for."""
    if one.region == other.region:
        return []
    named = (one.region, other.region)
    if _is_part(*named, catalogue) or _is_part(other.region, one.region, catalogue):
        return [Reason("part_and_whole", forbids=one.kind in _AMOUNTS, values=named)]
    levels = {"country" if own.level == "nation" else own.level for own in (one, other)}
    return [Reason("levels_differ", forbids=False, values=named)] if len(levels) > 1 else []


def _is_part(part: str, whole: str, catalogue: Catalogue) -> bool:
    """Whether one region lies in another, or belongs to a group taken as one."""
    if whole.startswith(TOTAL_OF):
        return part in catalogue.members((whole.removeprefix(TOTAL_OF),))
    parents = []
    while part != NATION and (part := catalogue.region(part).parent):
        parents.append(part)
    return whole in parents


def _months(time: Period) -> int:
    """Length of what a figure sums up: 0 for a date."""
    if time.kind == "span":
        first, last = _month(time.start, 1), _month(time.end, 12)
        return last - first + 1
    return {"year": 12, "quarter": 3}.get(time.kind, 0)


def _month(point: str, missing: int) -> int:
    year, _, rest = point.partition("-")
    return int(year) * 12 + (int(rest[:2]) if rest[:2].isdecimal() else missing)


def _agree(figure: pd.DataFrame) -> bool:
    rows = list(zip(figure["value"], figure["qualifier"], strict=True))
    return all(_pair_agrees(*one, *other) for n, one in enumerate(rows) for other in rows[n + 1 :])


def _pair_agrees(value: float, qualifier: str, other: float, other_qualifier: str) -> bool:
    if is_approximate(qualifier) or is_approximate(other_qualifier):  # type: ignore[arg-type]
        return abs(value - other) <= _APPROXIMATE_WITHIN * max(abs(value), abs(other))
    if is_exact(qualifier) and is_exact(other_qualifier):  # type: ignore[arg-type]
        return abs(Decimal(repr(value)) - Decimal(repr(other))) <= max(_half_digit(value), _half_digit(other))
    low, high = possible_range(value, qualifier)  # type: ignore[arg-type]
    other_low, other_high = possible_range(other, other_qualifier)  # type: ignore[arg-type]
    return low <= other_high and other_low <= high


def _half_digit(value: float) -> Decimal:
    """Half a unit of the last printed digit."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)
