"""Spreadsheets in Office Open XML, put together from the XML of their parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
# Cell formats by their number here: plain, a day, a time of day, both, and one of the book's own.
STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm;@"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/>'
    '<xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def write_book(
    path: Path,
    sheets: dict[str, str],
    *,
    texts: str = "",
    is_1904: bool = False,
    parts: Mapping[str, str] = MappingProxyType({}),
) -> Path:
    """Write a book of sheets, each the XML of its rows; `parts` are further ones, or others in place of usual ones."""
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    calendar = f'<workbookPr date1904="{int(is_1904)}"/>'
    content = {
        "[Content_Types].xml": _TYPES,
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{calendar}<sheets>{names}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
    }
    for number, rows in enumerate(sheets.values(), start=1):
        content[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    content |= dict(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return path


def row(*cells: str | float, number: int | None = None) -> str:
    """Return the XML of a row of texts and numbers; a text that begins with `<c` is a whole cell of its own."""
    place = f' r="{number}"' if number is not None else ""
    return f"<row{place}>{''.join(map(_cell, cells))}</row>"


def _cell(value: str | float) -> str:
    if isinstance(value, float | int):
        return f"<c><v>{value}</v></c>"
    return value if value.startswith("<c") else f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
