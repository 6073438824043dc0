"""Writes the five files of a report: all of them, or none."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from safeboard.figures.reporting.composition import cells_of, compose
from safeboard.figures.reporting.exports import figures_json, problems_csv
from safeboard.figures.reporting.page import page
from safeboard.figures.reporting.paper import paper
from safeboard.figures.reporting.report_input import ReportInput
from safeboard.figures.reporting.workbook import workbook
from safeboard.foundation.kernel.errors import BadInput, Problem


def write_report(given: ReportInput, out: Path) -> tuple[Path, ...]:
    """Write report.html, report.pdf, figures.json, figures.xlsx and problems.csv into the folder `out`; their paths.

    The folder is made if need be. An earlier report in it is replaced only once all five new files are whole: where
    the disk fills or the folder may not be written, BadInput is raised and everything is as it was.
    """
    contents = files_of(given)
    try:
        return _put_in_place(contents, out)
    except OSError as error:
        raise BadInput(
            Problem(
                message=f"The report could not be written: {error.strerror or error}.",
                file=str(out),
                remedy="Free some space or choose another folder with --out. Nothing half-written was left.",
            )
        ) from error


def files_of(given: ReportInput) -> Mapping[str, bytes]:
    """The five files by name. The same input gives the same bytes."""
    cells = cells_of(given)
    report = compose(given, cells)
    return {
        "report.html": page(report).encode("utf-8"),
        "report.pdf": paper(report, given.manifest.reference_date, given.identity),
        "figures.json": figures_json(given, cells).encode("utf-8"),
        "figures.xlsx": workbook(given, cells, report),
        # Excel reads a CSV file as UTF-8 only where it begins with a byte order mark.
        "problems.csv": problems_csv(given.problems, given.threshold).encode("utf-8-sig"),
    }


def _put_in_place(contents: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    made = _folders_to_make(out)
    staging: Path | None = None
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".report-", dir=out))
        for name, content in contents.items():
            (staging / name).write_bytes(content)
        # Only names change from here on, which needs no more room.
        return tuple((staging / name).replace(out / name) for name in contents)
    except OSError:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
            staging = None
        for folder in made:
            folder.rmdir()
        raise
    finally:
        if staging is not None:
            staging.rmdir()


def _folders_to_make(out: Path) -> list[Path]:
    """The folders that do not exist yet, the innermost first."""
    return [folder for folder in (out, *out.parents) if not folder.exists()]
