"""Small tables in the department's layout, for tests."""

from pathlib import Path

PLACE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name"
)

ENGLAND = "Reporting year,National,E92000001,England,,,,,"
WEST_MIDLANDS = "Reporting year,Regional,E92000001,England,E12000005,West Midlands,,,"
COVENTRY = "Reporting year,Local authority,E92000001,England,E12000005,West Midlands,331,E08000026,Coventry"
SHROPSHIRE = "Reporting year,Local authority,E92000001,England,E12000005,West Midlands,893,E06000051,Shropshire"
DERBY = "Reporting year,Local authority,E92000001,England,E12000004,East Midlands,831,E06000015,Derby"
BOLTON = "Reporting year,Local authority,E92000001,England,E12000002,North West,350,E08000001,Bolton"
LEEDS = "Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,383,E08000035,Leeds"


def write(path: Path, indicators: str, *rows: str) -> Path:
    """A table at `path` with these indicator columns; each row is "year|place|values"."""
    lines = [f"{PLACE},{indicators}"]
    for row in rows:
        year, place, values = row.split("|")
        lines.append(f"{year},{place},{values}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
