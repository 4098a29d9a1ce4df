"""How final a figure is; a target is not a result."""

from typing import Literal, get_args

Status = Literal["actual", "target", "provisional", "derived", "unverified"]
STATUSES: tuple[Status, ...] = get_args(Status)
