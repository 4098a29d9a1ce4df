"""Who publishes, and why: every revision says both."""

from typing import Literal

from indicators.errors import Invalid
from indicators.model.access import Person, require

Act = Literal["publish", "roll_back"]


def signed(person: Person, note: str, act: Act) -> tuple[str, str]:
    """Author and note of a revision.

    Raises Forbidden("access.<act>"), and Invalid("<act>.author") or Invalid("<act>.note") where they
    are blank.
    """
    require(person, act)
    author, reason = person.name.strip(), note.strip()
    if not author:
        raise Invalid(f"{act}.author")
    if not reason:
        raise Invalid(f"{act}.note")
    return author, reason
