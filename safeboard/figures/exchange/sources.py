"""What was given to a load, file by file: which are census returns, which tables, and which can be neither."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from safeboard.figures.exchange import workbook
from safeboard.figures.tables.snapshot_file import MANIFEST
from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem

EXTRACT: Final = "extract.csv"
"""The file with which a folder may say up to which day it is, from which day on it is whole, and whose it is."""

ACCEPTED: Final = "a census return (.xml), a folder of tables, a table (.csv, .parquet, .xlsx) or a snapshot"


class Form(StrEnum):
    """The forms a source can have."""

    CENSUS = "census"
    CSV = "csv"
    PARQUET = "parquet"
    WORKBOOK = "workbook"
    EXTRACT = "extract"
    SNAPSHOT = "snapshot"


TABLE_FORMS: Final = {".csv": Form.CSV, ".parquet": Form.PARQUET} | dict.fromkeys(workbook.SUFFIXES, Form.WORKBOOK)


@dataclass(frozen=True, slots=True)
class Given:
    """One file. `name` is how messages and the manifest call it; `folder` the folder it was given with, "" if alone."""

    form: Form
    path: Path
    name: str
    folder: str = ""


def given_files(sources: Sequence[Path]) -> tuple[list[Given], list[Problem]]:
    """Every file of the sources in a fixed order, and what was noted. BadInput with every source that is none."""
    files: list[Given] = []
    problems: list[Problem] = []
    for source in sources:
        if source.is_dir():
            found, said = _inside(source)
        else:
            found, said = _alone(source)
        files += found
        problems += said
    if not sources:
        problems.append(
            Problem(message="No source was given.", expected=ACCEPTED, remedy="Name at least one file or folder.")
        )
    twice = _given_twice(files)
    stopping = [problem for problem in [*problems, *twice] if problem.gravity is Gravity.STOPS]
    if stopping:
        raise BadInput(stopping)
    return _distinct(files), problems


def _alone(path: Path) -> tuple[list[Given], list[Problem]]:
    form = _form(path)
    if isinstance(form, Problem):
        return [], [form]
    return [Given(form, path, path.name)], []


def _form(path: Path) -> Form | Problem:
    if not path.is_file():
        return Problem(
            message="There is no such file or folder.",
            file=str(path),
            expected=ACCEPTED,
            remedy="Check the name and the folder you are in.",
        )
    if path.stat().st_size == 0:
        return Problem(
            message="The file is empty.",
            file=path.name,
            line=1,
            expected=ACCEPTED,
            remedy="Export it again from the system it comes from.",
        )
    if path.name == EXTRACT:
        return Form.EXTRACT
    if _is_snapshot(path):
        return Form.SNAPSHOT
    form = TABLE_FORMS.get(path.suffix.lower())
    if form is not None:
        return form
    return Form.CENSUS if path.suffix.lower() == ".xml" or _looks_like_xml(path) else _no_source(path)


def _no_source(path: Path) -> Problem:
    return Problem(
        message="This is no file that can be read.",
        file=path.name,
        found=path.suffix or "a name without ending",
        expected=ACCEPTED,
        remedy="Save a table as .xlsx or as CSV UTF-8, or export the census as XML.",
    )


def _is_snapshot(path: Path) -> bool:
    if path.suffix == ".snapshot":
        return True
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def _looks_like_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(512).decode("utf-8-sig", errors="ignore").lstrip().startswith("<")


def _inside(folder: Path) -> tuple[list[Given], list[Problem]]:
    """The returns and tables in a folder; anything else in it is noted and left out."""
    files: list[Given] = []
    problems: list[Problem] = []
    left_out: list[str] = []
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$"))):
        readable = path.is_file() and (path.suffix.lower() in TABLE_FORMS or path.suffix.lower() == ".xml")
        form = _form(path) if readable else None
        if isinstance(form, Form):
            files.append(Given(form, path, f"{folder.name}/{path.name}", folder.name))
        elif form is None:
            left_out.append(path.name)
        else:
            problems.append(form)
    if not files and not problems:
        problems.append(
            Problem(
                message="This is a folder without any table or return in it.",
                file=folder.name,
                found=", ".join(left_out[:10]) or "nothing",
                expected="files named as tables, such as ssd_person.csv, or census returns (.xml)",
                remedy="Name the file itself, or the folder that holds the tables.",
            )
        )
    elif left_out:
        problems.append(_noted_left_out(folder, left_out))
    return files, problems


def _noted_left_out(folder: Path, names: Sequence[str]) -> Problem:
    return Problem(
        message="Files that are neither table nor return are left out.",
        file=folder.name,
        found=", ".join(names)[:200],
        expected=ACCEPTED,
        remedy="Nothing needs doing if they are not wanted.",
        gravity=Gravity.NOTED,
    )


def _given_twice(files: Sequence[Given]) -> list[Problem]:
    places = [file.path.resolve() for file in files]
    return [
        Problem(message="The file was given twice.", file=file.name, remedy="Name it once.")
        for number, file in enumerate(files)
        if places.index(file.path.resolve()) < number
    ]


def _distinct(files: Sequence[Given]) -> list[Given]:
    """Files of one name from different folders are called with their folder, so that a message says which."""
    names = [file.name for file in files]
    return [
        Given(file.form, file.path, f"{file.path.resolve().parent.name}/{file.path.name}", file.folder)
        if names.count(file.name) > 1
        else file
        for file in files
    ]
