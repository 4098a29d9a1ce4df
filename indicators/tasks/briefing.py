"""A briefing from its views: opened, compared with newer figures, refreshed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd

from indicators.language.captions import series_scale
from indicators.language.names import name_in
from indicators.model.briefing import Content, Item
from indicators.model.catalogue import Language
from indicators.model.spec import LONGEST_TITLE
from indicators.store.briefings import Briefing, add_briefing, list_briefings, save_briefing
from indicators.store.connection import Store
from indicators.tasks.addresses import Opened
from indicators.tasks.browse import View

Views = Callable[[str], Opened]
_MOST_TOLD = 12


@dataclass(frozen=True)
class Change:
    """One figure that is not what it was: whose, of when, and both texts; empty where there was or is none."""

    region: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemChanges:
    """What newer figures change of an item: figures, places, title and sentences, each before and after.

    `is_gone` where the newer revision has no such view: its indicator or region was taken out of the catalogue.
    """

    item: Item
    figures: tuple[Change, ...]
    places: tuple[Change, ...]
    title: tuple[str, str]
    sentences: tuple[str, str]
    is_gone: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the item says the same on both revisions."""
        same_words = self.title[0] == self.title[1] and self.sentences[0] == self.sentences[1]
        return not self.is_gone and not self.figures and not self.places and same_words

    @property
    def told(self) -> tuple[Change, ...]:
        """The figures to be named, where there are many."""
        return self.figures[:_MOST_TOLD]


def new_briefing(*, owner: str, name: str, revision: int, now: datetime, content: Content) -> Briefing:
    """A briefing that nobody has saved yet."""
    return Briefing(token_hex(6), owner, name, "", revision, now, 1, content)


def duplicated(briefing: Briefing, *, owner: str, name: str, now: datetime) -> Briefing:
    """A copy for the next issue: the same views, the same texts."""
    return briefing.but(id=token_hex(6), owner=owner, name=name, changed_at=now, version=1)


def with_parameter(address: str, **changed: object) -> str:
    """An address with some parameters changed; an empty value takes one away."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {key: str(value) for key, value in changed.items()}
    kept = {key: value for key, value in query.items() if value}
    return f"{parts.path}?{urlencode(kept, safe=',:-/')}"


def in_language(content: Content, language: Language) -> Content:
    """All views in another language; texts that an author wrote stay as they are."""
    return content.readdressed(lambda address: with_parameter(address, lang=language)).but(language=language)


def retitled(content: Content, key: int, title: str) -> Content:
    """An item under a title of the author's, or again under what its figures say where that is empty."""
    address = with_parameter(content.item(key).address, title=title.strip()[:LONGEST_TITLE])
    return content.with_item(key, address=address)


def has_own_title(address: str) -> bool:
    """Whether a view has a title of its author's."""
    return bool(dict(parse_qsl(urlsplit(address).query)).get("title"))


def refreshed(briefing: Briefing, revision: int, *, keep: frozenset[int] = frozenset()) -> Briefing:
    """The briefing on a newer revision, but for the items to `keep`, whose views are not there any more."""
    items = tuple(
        item if item.key in keep else item.model_copy(update={"address": with_parameter(item.address, rev=revision)})
        for item in briefing.content.items
    )
    return briefing.but(revision=revision, content=briefing.content.but(items=items))


def add_view(
    store: Store, address: str, *, owner: str, current: str, name: str, revision: int, now: datetime
) -> Briefing:
    """The briefing in the making with one more view: the `current` one, else the owner's last, else a new one.

    Raises Invalid("briefing.full"), Invalid("briefing.twice"), Conflict("briefing.changed").
    """
    known = list_briefings(store)
    chosen = [briefing for briefing in known if briefing.id == current]
    chosen += [briefing for briefing in known if briefing.owner == owner]
    language: Language = "en" if "lang=en" in address else "zh"
    if not chosen:
        content = Content(language=language).with_view(address)
        made = new_briefing(owner=owner, name=name, revision=revision, now=now, content=content)
        add_briefing(store, made)
        return made
    briefing = chosen[0]
    own = with_parameter(address, lang=briefing.content.language)
    oldest = min(briefing.revision, revision) if briefing.content.items else revision
    return save_briefing(store, briefing.but(revision=oldest, content=briefing.content.with_view(own)), now=now)


def changes_of(briefing: Briefing, views: Views, *, revision: int) -> list[ItemChanges]:
    """What a newer revision changes of each item, those alone that it changes."""
    found = [_changes(item, views, revision) for item in briefing.content.items]
    return [changes for changes in found if not changes.is_empty]


def outdated(briefings: Iterable[Briefing], views: Views, *, revision: int) -> list[tuple[Briefing, int]]:
    """Briefings of which a newer revision changes something, each with how many of its views it changes."""
    found = [(one, len(changes_of(one, views, revision=revision))) for one in briefings if one.revision < revision]
    return [(one, count) for one, count in found if count]


def _changes(item: Item, views: Views, revision: int) -> ItemChanges:
    found = with_parameter(item.address, title="")  # an author's own title says nothing of what the figures do
    opened = views(with_parameter(found, rev=revision))
    before, after = views(found).view, opened.view
    if not opened.is_whole:
        return ItemChanges(item, (), (), (before.caption.title, ""), (before.sentences, ""), is_gone=True)
    return ItemChanges(
        item,
        _figures(before, after),
        _places(before, after),
        (before.caption.title, after.caption.title),
        (before.sentences, after.sentences),
    )


def _figures(before: View, after: View) -> tuple[Change, ...]:
    return _different(_texts(before, "value"), _texts(after, "value"), after)


def _places(before: View, after: View) -> tuple[Change, ...]:
    """Places among the provinces, of the region in focus alone: whoever moves pushes others."""
    focus = after.spec.highlight or after.edition.focus
    old, new = (
        {key: text for key, text in _texts(view, "rank").items() if key[1] == focus} for view in (before, after)
    )
    return _different(old, new, after)


def _different(old: dict[tuple, str], new: dict[tuple, str], view: View) -> tuple[Change, ...]:
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key, "") != new.get(key, "")]
    catalogue = view.edition.catalogue
    short = {
        code: f"{catalogue.indicators[code].short(view.spec.language)} "
        for code in view.spec.indicators
        if len(view.spec.indicators) > 1
    }
    return tuple(
        Change(
            short.get(key[0], "") + name_in(view.series, key[1], catalogue),
            str(key[2]),
            old.get(key, ""),
            new.get(key, ""),
        )
        for key in keys
    )


def _texts(view: View, column: str) -> dict[tuple, str]:
    """What a view shows, by indicator, region and time."""
    shown = pd.concat([view.series.shown, view.series.targets])
    if column not in shown:
        return {}
    time = "period" if "period" in shown and view.facts is not None else "year"
    texts: dict[tuple, str] = {}
    scales = {code: series_scale(view.series, view.edition.catalogue, code) for code in view.spec.indicators}
    for row in shown.to_dict("records"):
        value = row[column]
        if pd.isna(value):
            continue
        key = (row["indicator"], row["region"], row[time], row.get("subject", ""), row["basis"], row["status"])
        texts[key] = f"{value:.0f}" if column == "rank" else scales[row["indicator"]].full(value, row["qualifier"])
    return texts
