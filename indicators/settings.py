"""Where this installation keeps its figures and which region it looks from.

Everything comes from environment variables; nothing else is configurable.
"""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict

PROJECT = Path(__file__).resolve().parents[1]


class Settings(BaseModel):
    """One installation: database, region in focus, folder of the figures it starts from."""

    model_config = ConfigDict(frozen=True)

    database_url: str
    focus_region: str
    data_dir: Path


def read_settings() -> Settings:
    """Settings from INDICATORS_DATABASE_URL, INDICATORS_FOCUS_REGION and INDICATORS_DATA_DIR."""
    store_file = PROJECT / ".store" / "indicators.sqlite"
    return Settings(
        database_url=os.environ.get("INDICATORS_DATABASE_URL") or f"sqlite:///{store_file}",
        focus_region=os.environ.get("INDICATORS_FOCUS_REGION") or "610000",
        data_dir=Path(os.environ.get("INDICATORS_DATA_DIR") or PROJECT / "data"),
    )
