"""Who may do what: roles, and the acts that each of them permits.

Two modes for now. A server that only this machine can reach serves its owner, who may do
everything; a server that others can reach serves readers. What is not surely local is not local.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal, get_args

from indicators.errors import Forbidden

Role = Literal["viewer", "analyst", "publisher", "administrator"]
Action = Literal["read", "check", "publish", "roll_back"]

PERMITTED: dict[Role, frozenset[Action]] = {
    "viewer": frozenset({"read"}),
    "analyst": frozenset({"read", "check"}),
    "publisher": frozenset({"read", "check", "publish", "roll_back"}),
    "administrator": frozenset(get_args(Action)),
}


@dataclass(frozen=True)
class Person:
    """Somebody who acts; the name becomes the author of what they publish."""

    name: str
    roles: frozenset[Role]


READER = Person("reader", frozenset({"viewer"}))


def local_person(name: str = "local") -> Person:
    """Somebody at the machine itself, who has every role."""
    return Person(name, frozenset(get_args(Role)))


def person_at(address: str | None) -> Person:
    """Who uses a server that listens on this address; None and "" mean that it listens on all."""
    return local_person() if _is_loopback(address or "") else READER


def may(person: Person, action: Action) -> bool:
    """Whether one of the person's roles permits the act."""
    return any(action in PERMITTED[role] for role in person.roles)


def require(person: Person, action: Action) -> None:
    """Raises Forbidden("access.<action>") where none of the person's roles permits the act."""
    if not may(person, action):
        raise Forbidden(f"access.{action}", name=person.name)


def _is_loopback(address: str) -> bool:
    if address.lower() == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
