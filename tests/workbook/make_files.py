"""Makes the workbooks of tests/workbook/files that only other programs can write.

Run by hand, with LibreOffice: python -m tests.workbook.make_files. All figures are real: technology
contract value by seller, CNY 100 million.
"""

import subprocess
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from msoffcrypto.format.ooxml import OOXMLFile

from indicators.workbook.files import EXCELS_OWN_PASSWORD
from tests.workbook.written import contract_table, marked_table, saved

FOLDER = Path(__file__).parent / "files"
TABLES = {"contracts": contract_table, "marked": marked_table}
FILTERS = {".xls": "xls:MS Excel 97", ".ods": "ods"}


def main() -> None:
    with TemporaryDirectory() as name:
        for (table, make), (ending, convert) in product(TABLES.items(), FILTERS.items()):
            made = Path(name) / f"{table}.xlsx"
            made.write_bytes(saved(make()))
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{name}/profile"]
            subprocess.run([*command, "--convert-to", convert, "--outdir", name, str(made)], check=True)
            file = made.with_suffix(ending)
            (FOLDER / file.name).write_bytes(file.read_bytes())
    for file, password in (("default-password.xlsx", EXCELS_OWN_PASSWORD), ("own-password.xlsx", "陕西2024")):
        _encrypt(FOLDER / file, password)


def _encrypt(file: Path, password: str) -> None:
    out = BytesIO()
    OOXMLFile(BytesIO(saved(contract_table()))).encrypt(password, out)
    file.write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
