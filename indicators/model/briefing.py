"""A briefing in the making: views in their order, grouped into sections, with what an author wrote to them."""

from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from indicators.errors import Invalid
from indicators.model.catalogue import Language

PictureSize = Literal["wide", "slide", "page", "square", "phone"]
MOST_ITEMS = 60
LONGEST_TEXT = 4000


class Item(BaseModel):
    """A view of a briefing. Its own title is part of its address; `text` is the author's, None the rule-made one.

    `section` is the heading that begins with this item, empty for an item of the section before.
    """

    model_config = ConfigDict(frozen=True)

    key: int
    address: str
    text: str | None = None
    section: str = ""


class Content(BaseModel):
    """What is in a briefing: the lines of its head, language and size of its pictures, and its items."""

    model_config = ConfigDict(frozen=True)

    issue: str = ""
    date: str = ""
    language: Language = "zh"
    size: PictureSize = "wide"
    items: tuple[Item, ...] = ()

    def but(self, **changed: object) -> "Content":
        """The same content with some fields changed."""
        return self.model_copy(update=changed)

    def item(self, key: int) -> Item:
        """The item of a key. Raises Invalid("briefing.no_item")."""
        found = next((item for item in self.items if item.key == key), None)
        if found is None:
            raise Invalid("briefing.no_item")
        return found

    def with_view(self, address: str) -> "Content":
        """One more view at the end. Raises Invalid("briefing.full"), Invalid("briefing.twice") where it is there."""
        if len(self.items) >= MOST_ITEMS:
            raise Invalid("briefing.full", most=MOST_ITEMS)
        if any(item.address == address for item in self.items):
            raise Invalid("briefing.twice")
        key = max((item.key for item in self.items), default=0) + 1
        return self.but(items=(*self.items, Item(key=key, address=address)))

    def without(self, key: int) -> "Content":
        """Without one item; a section that began with it begins with the next one of it."""
        at = self._place(key)
        gone, rest = self.items[at], list(self.items[:at] + self.items[at + 1 :])
        if gone.section and at < len(rest) and not rest[at].section:
            rest[at] = rest[at].model_copy(update={"section": gone.section})
        return self.but(items=tuple(rest))

    def moved(self, key: int, step: int) -> "Content":
        """One item further up (-1) or down (1); headings of sections stay where they are."""
        at = self._place(key)
        to = at + step
        if not 0 <= to < len(self.items):
            return self
        items = list(self.items)
        here, there = items[at], items[to]
        items[to] = here.model_copy(update={"section": there.section})
        items[at] = there.model_copy(update={"section": here.section})
        return self.but(items=tuple(items))

    def with_item(self, key: int, **changed: object) -> "Content":
        """One item changed."""
        at = self._place(key)
        items = list(self.items)
        items[at] = items[at].model_copy(update=changed)
        return self.but(items=tuple(items))

    def readdressed(self, change: Callable[[str], str]) -> "Content":
        """All addresses changed, as by another language or a newer revision."""
        return self.but(items=tuple(item.model_copy(update={"address": change(item.address)}) for item in self.items))

    def sections(self) -> list[tuple[str, tuple[Item, ...]]]:
        """Items by section, in their order; the heading is empty before the first one."""
        found: list[tuple[str, list[Item]]] = []
        for item in self.items:
            if item.section or not found:
                found.append((item.section, []))
            found[-1][1].append(item)
        return [(heading, tuple(items)) for heading, items in found]

    def _place(self, key: int) -> int:
        return self.items.index(self.item(key))
