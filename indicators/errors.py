"""Reasons why we cannot go on, cut by what the caller can do about them.

An error carries a code and details; its wording lives in the message catalogue under
``error.<code>``, so that the page and the terminal say the same thing in either language.
"""


class IndicatorsError(Exception):
    """Something the person can act on; anything else that surfaces is a bug."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class NotFound(IndicatorsError):
    """What was asked for does not exist: a revision, an indicator, a file."""


class Invalid(IndicatorsError):
    """What was given cannot be understood or breaks a rule of the field."""


class Conflict(IndicatorsError):
    """Somebody else changed the state meanwhile, or the state forbids the act."""


class Forbidden(IndicatorsError):
    """The person may not do this."""


class Unavailable(IndicatorsError):
    """A part we depend on (database, browser, font) is missing or does not answer."""
