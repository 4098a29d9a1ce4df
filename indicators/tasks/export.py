"""What is carried away from the dashboard: chosen figures with all that has to go along."""

from dataclasses import dataclass

import pandas as pd

from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.model.selection import Selection
from indicators.tasks.browse import Edition


@dataclass(frozen=True)
class Export:
    """What is carried away: observations, the edition they are of, how they were chosen, the language."""

    observations: pd.DataFrame
    edition: Edition
    selection: Selection
    language: Language

    @property
    def is_internal(self) -> bool:
        """Whether one of the figures comes from an internal source."""
        sources = self.edition.catalogue.sources
        return any(sources[code].classification == "internal" for code in self.observations["source"].unique())

    @property
    def version(self) -> str:
        """Which revision the figures are of, and when it was published."""
        date = self.edition.published.date().isoformat()
        return text(self.language, "footer.version", revision=self.edition.revision, date=date)

    def text(self, code: str, **details: object) -> str:
        """A text in the language of the export."""
        return text(self.language, code, **details)
