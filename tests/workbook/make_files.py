"""Makes the workbooks of tests/workbook/files that only other programs can write.

Run by hand, with LibreOffice: python -m tests.workbook.make_files. All figures are real: technology
contract value by seller, CNY 100 million.
"""

import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from msoffcrypto.format.ooxml import OOXMLFile

from indicators.workbook.files import EXCELS_OWN_PASSWORD
from tests.workbook.written import contract_table, saved

FOLDER = Path(__file__).parent / "files"
FILTERS = {"contracts.xls": "xls:MS Excel 97", "contracts.ods": "ods"}


def main() -> None:
    with TemporaryDirectory() as name:
        made = Path(name) / "contracts.xlsx"
        made.write_bytes(saved(contract_table()))
        for file, convert in FILTERS.items():
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{name}/profile"]
            subprocess.run([*command, "--convert-to", convert, "--outdir", name, str(made)], check=True)
            (FOLDER / file).write_bytes((Path(name) / file).read_bytes())
    for file, password in (("default-password.xlsx", EXCELS_OWN_PASSWORD), ("own-password.xlsx", "陕西2024")):
        _encrypt(FOLDER / file, password)


def _encrypt(file: Path, password: str) -> None:
    out = BytesIO()
    OOXMLFile(BytesIO(saved(contract_table()))).encrypt(password, out)
    file.write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
