"""Workbooks that no spreadsheet program writes."""

import io
import zipfile


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    packed = zipfile.ZipFile(io.BytesIO(content))
    return {each: packed.read(each) for each in packed.namelist()}


def with_a_cell(content: bytes, place: str) -> bytes:
    """The workbook with one more cell on its first sheet, "far" in the place, wherever the others stand."""
    parts = unzipped(content)
    number = "".join(filter(str.isdigit, place))
    row = f'<row r="{number}"><c r="{place}" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    return zipped(**{**parts, sheet: parts[sheet].replace(b"</sheetData>", row.encode())})


BEYOND = "A2000000000"
"""A place below the last row that a worksheet can have."""
