"""Which view a stamp stands for: written when a picture is made, so that its stamp leads back to it."""

from itertools import count
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import insert, select

from indicators.errors import Invalid, NotFound
from indicators.model.stamp import Stamp, stamp_code
from indicators.store.connection import Store
from indicators.store.schema import stamps


def keep_stamp(store: Store, address: str, *, revision: int) -> Stamp:
    """The stamp of a view's address, the same one every time; kept with the first picture of the view."""
    held = _held(store, address)
    if held is None:
        with store.writing() as connection:
            taken = {row.code: row.address for row in connection.execute(select(stamps.c.code, stamps.c.address))}
            codes = (stamp_code(address, attempt) for attempt in count())
            held = next(code for code in codes if taken.get(code, address) == address)
            if held not in taken:
                connection.execute(insert(stamps).values(code=held, address=address))
    return Stamp(revision, held)


def address_of_stamp(store: Store, stamp: Stamp) -> str:
    """The address of the view that a stamp stands for.

    Raises NotFound("stamp"), Invalid("stamp.other_revision") where the view of these letters is of another revision.
    """
    with store.reading() as connection:
        address = connection.execute(select(stamps.c.address).where(stamps.c.code == stamp.code)).scalar()
    if address is None:
        raise NotFound("stamp", found=str(stamp))
    revision = parse_qs(urlsplit(str(address)).query).get("rev", [""])[0]
    if revision != str(stamp.revision):
        raise Invalid("stamp.other_revision", found=str(stamp), revision=revision)
    return str(address)


def _held(store: Store, address: str) -> str | None:
    with store.reading() as connection:
        code = connection.execute(select(stamps.c.code).where(stamps.c.address == address)).scalar()
    return None if code is None else str(code)
