"""Makes the workbooks of tests/workbook/files that only other programs can write.

Run by hand, with LibreOffice and, for node, xlsx 0.18.5: python -m tests.workbook.make_files. All figures
are real: technology contract value by seller, CNY 100 million, and R&D intensity.
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
INTENSITY = """
const book = require("xlsx"), sheet = book.utils.aoa_to_sheet([["各地区R&D经费投入强度"], ["地区", "2023年", "2024年"],
  ["全国", 0.0258, 0.0269], ["陕西", 0.0249, 0.0261], ["上海", 0.0399, 0.0435]]);
for (const cell of ["B3", "C3", "B4", "C4", "B5"]) sheet[cell].z = "0.00%";
sheet.C5 = {t: "e", v: 7};
sheet["!rows"] = [,,, {hidden: true}];
sheet["!merges"] = [{s: {r: 0, c: 0}, e: {r: 0, c: 2}}];
const made = book.utils.book_new();
book.utils.book_append_sheet(made, sheet, "强度");
book.writeFile(made, "intensity.xlsb");
"""


def main() -> None:
    with TemporaryDirectory() as name:
        for (table, make), (ending, convert) in product(TABLES.items(), FILTERS.items()):
            made = Path(name) / f"{table}.xlsx"
            made.write_bytes(saved(make()))
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{name}/profile"]
            subprocess.run([*command, "--convert-to", convert, "--outdir", name, str(made)], check=True)
            file = made.with_suffix(ending)
            (FOLDER / file.name).write_bytes(file.read_bytes())
    subprocess.run(["node", "-e", INTENSITY], check=True, cwd=FOLDER)
    for file, password in (("default-password.xlsx", EXCELS_OWN_PASSWORD), ("own-password.xlsx", "陕西2024")):
        _encrypt(FOLDER / file, password)


def _encrypt(file: Path, password: str) -> None:
    out = BytesIO()
    OOXMLFile(BytesIO(saved(contract_table()))).encrypt(password, out)
    file.write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
