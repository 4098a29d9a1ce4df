"""The values of a workbook as read, before anybody asks what it does to the figures that hold."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Observed(NamedTuple):
    """One value as read. `indicator` and `region` are None where the catalogue does not know the name.

    `basis` and `status` are empty where the file does not name them, `source` where it names none of the catalogue.
    """

    indicator: str | None
    indicator_printed: str
    region: str | None
    region_printed: str
    subject: str
    period: str
    basis: str
    value: float | None
    unit: str
    qualifier: str
    status: str
    printed: str
    unit_printed: str
    sheet: str
    cell: str
    source: str


@dataclass(frozen=True)
class Observations:
    """Values as read, kept by field: tens of thousands of objects take long to send, and to collect after use."""

    fields: Mapping[str, list]

    @classmethod
    def of(cls, observed: Collection[Observed]) -> "Observations":
        """The same values, by field."""
        values = zip(*observed, strict=True) if observed else [()] * len(Observed._fields)
        return cls(dict(zip(Observed._fields, map(list, values), strict=True)))

    def __len__(self) -> int:
        return len(self.fields["cell"])

    def __getitem__(self, place: int) -> Observed:
        return Observed(*(values[place] for values in self.fields.values()))

    def __iter__(self) -> Iterator[Observed]:
        return map(Observed._make, zip(*self.fields.values(), strict=True))
