"""Observations and catalogues drawn as text, so that a reader can check a test by eye.

All figures are real: technology contract value by seller, CNY 100 million.
"""

import pandas as pd

from indicators.model.catalogue import ENTRY_TYPES, Catalogue, Entry, catalogue_of
from indicators.model.observation import COLUMNS, observations_from_text

USUAL = {
    "indicator": "contract_value",
    "basis": "seller",
    "qualifier": "=",
    "status": "actual",
    "unit": "亿元",
    "source": "S02",
    "locator": "技术市场成交额（亿元）",
}

CONTRACT_VALUE = {
    "code": "contract_value",
    "name_zh": "技术合同成交额（输出）",
    "name_en": "Technology contract value",
    "short_zh": "技术合同成交额",
    "short_en": "Contract value",
    "unit": "亿元",
    "category": "contracts",
    "kind": "flow",
    "direction": "up",
    "decimals": "2",
    "measures": "value|growth",
    "bases": "seller|announced",
    "aliases": "技术市场成交额",
    "definition_zh": "按卖方所在地登记的技术合同成交额。",
    "definition_en": "Value of registered technology contracts by the seller's place.",
    "headline": "1",
}


def observations(drawing: str) -> pd.DataFrame:
    """Observations from lines of `column | column`, the first naming the columns, the rest usual."""
    return observations_from_text(texts(drawing))


def texts(drawing: str) -> pd.DataFrame:
    """The same as texts, as a CSV of figures holds them."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    rows = [USUAL | dict(zip(header, line, strict=True)) for line in lines]
    return pd.DataFrame([{column: row.get(column, "") for column in COLUMNS} for row in rows], dtype="str")


def catalogue_texts() -> dict[str, list[dict[str, str]]]:
    """Rows of the catalogue's files, by kind, for technology contracts in three places."""
    return {
        "indicator": [CONTRACT_VALUE],
        "region": [
            _region("CHN", "nation", "全国", "China"),
            _region("110000", "province", "北京", "Beijing"),
            _region("610000", "province", "陕西", "Shaanxi"),
        ],
        "source": [_source("S02", "技术市场成交额（亿元）"), _source("S18", "全国技术市场成交额")],
        "basis": [_defined("seller", "卖方所在地", "By seller"), _defined("announced", "地方公布", "As announced")],
        "unit": [
            {
                "code": "亿元",
                "name_zh": "亿元",
                "name_en": "CNY 100 million",
                "dimension": "money_cny",
                "factor": "100000000",
                "unit_en": "CNY billion",
                "factor_en": "0.1",
            }
        ],
        "subject": [],
        "group": [{"code": "west", "name_zh": "西部地区", "name_en": "West"}],
    }


def catalogue(**changes: str) -> Catalogue:
    """The small catalogue; `changes` replace fields of its only indicator."""
    rows = catalogue_texts()
    rows["indicator"] = [CONTRACT_VALUE | changes]
    return catalogue_of({kind: _entries(kind, fields) for kind, fields in rows.items()})


def _entries(kind: str, rows: list[dict[str, str]]) -> dict[str, Entry]:
    return {row["code"]: ENTRY_TYPES[kind].model_validate(row) for row in rows}


def _region(code: str, level: str, name_zh: str, name_en: str) -> dict[str, str]:
    return {
        "code": code,
        "level": level,
        "name_zh": name_zh,
        "name_en": name_en,
        "short_zh": name_zh,
        "short_en": name_en,
        "parent": "" if level == "nation" else "CHN",
        "groups": "west" if code == "610000" else "",
        "tile_row": "",
        "tile_col": "",
        "aliases": "",
    }


def _source(code: str, name_zh: str) -> dict[str, str]:
    return {
        "code": code,
        "rank": "1",
        "publisher_zh": "国家统计局",
        "publisher_en": "National Bureau of Statistics",
        "name_zh": name_zh,
        "name_en": "Technology market turnover",
        "edition_zh": "",
        "edition_en": "",
        "years": "2011—2024",
        "licence_zh": "",
        "licence_en": "",
        "classification": "public",
        "obtained": "",
        "checked": "",
    }


def _defined(code: str, name_zh: str, name_en: str) -> dict[str, str]:
    return {"code": code, "name_zh": name_zh, "name_en": name_en, "definition_zh": "", "definition_en": ""}
