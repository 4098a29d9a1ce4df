"""Numbers of a Plotly figure as they travel to the browser."""

import base64
from typing import Any

import numpy as np


def plain(part: Any) -> Any:
    """A figure (or a part) with its typed arrays as lists and missing numbers as None."""
    if isinstance(part, dict) and "bdata" in part:
        numbers = np.frombuffer(base64.b64decode(part["bdata"]), part["dtype"])
        return plain(numbers.tolist())
    if isinstance(part, dict):
        return {key: plain(inner) for key, inner in part.items()}
    if isinstance(part, list):
        return [plain(inner) for inner in part]
    return None if isinstance(part, float) and part != part else part
