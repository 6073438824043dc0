"""The sheet of actions to fill and to load: one declaration for the template, the load and the export."""

from enum import StrEnum
from typing import Final

from safeboard.foundation.access.words import Sensitivity
from safeboard.foundation.spreadsheets.sheets import SheetColumn, SheetLayout
from safeboard.tools.actions.codes import Priority, Risk, SourceKind


class Titles(StrEnum):
    """Titles of the columns, as a reader sees them."""

    KIND = "Source kind"
    SOURCE = "Source"
    DATED = "Source date"
    SOURCE_LEVEL = "Source sensitivity"
    REC_NUMBER = "Recommendation number"
    REC_WORDS = "Recommendation"
    ACTION = "Action"
    DETAILS = "Details"
    SUCCESS = "How we will know"
    AGENCY = "Lead agency"
    CONTRIBUTING = "Contributing agencies"
    OWNER = "Owner's e-mail address"
    FIRST_DUE = "First due"
    DUE = "Due"
    MOVED = "Why it moved"
    PRIORITY = "Priority"
    RISK = "Risk"
    LEVEL = "Sensitivity"
    THEMES = "Themes"


def _labels(choices: type[SourceKind] | type[Priority] | type[Risk] | type[Sensitivity]) -> list[str]:
    return [str(each.label) for each in choices]


LAYOUT: Final = SheetLayout(
    name="Actions",
    columns=(
        SheetColumn(Titles.KIND, "What the action comes from.", True, _labels(SourceKind)),
        SheetColumn(Titles.SOURCE, "Its title, the same in each row of one source. Name no child.", True),
        SheetColumn(Titles.DATED, "Its date, yyyy-mm-dd or dd/mm/yyyy.", True, is_date=True),
        SheetColumn(Titles.SOURCE_LEVEL, "Empty: Official.", choices=_labels(Sensitivity)),
        SheetColumn(Titles.REC_NUMBER, "The recommendation's number in the source, where there is one."),
        SheetColumn(Titles.REC_WORDS, "The recommendation in the source's own words. Needed with a number."),
        SheetColumn(Titles.ACTION, "What is to be done, up to 200 characters. Name no child.", True),
        SheetColumn(Titles.DETAILS, "More about it."),
        SheetColumn(Titles.SUCCESS, "How we will know that it is done and has helped."),
        SheetColumn(Titles.AGENCY, "The agency's name as in the house.", True),
        SheetColumn(Titles.CONTRIBUTING, "Names of agencies, with a semicolon between."),
        SheetColumn(Titles.OWNER, "The address with which the owner signs in. Empty: nobody yet."),
        SheetColumn(Titles.FIRST_DUE, "The first day agreed. It is never changed afterwards.", True, is_date=True),
        SheetColumn(Titles.DUE, "The day agreed now. Empty: the first.", is_date=True),
        SheetColumn(Titles.MOVED, "Needed where the two days differ."),
        SheetColumn(Titles.PRIORITY, "Empty: Medium.", choices=_labels(Priority)),
        SheetColumn(Titles.RISK, "Risk to children if it is not done. Empty: Medium.", choices=_labels(Risk)),
        SheetColumn(Titles.LEVEL, "Empty: Official.", choices=_labels(Sensitivity)),
        SheetColumn(Titles.THEMES, "Themes of the register, with a semicolon between."),
    ),
    ignored=frozenset(
        {
            "No.",
            "Owner",
            "Days slipped",
            "Status",
            "Closed",
            "Verified",
            "Impact checked",
            "Label",
            "Taken by",
            "Taken on",
        }
    ),
)
SEPARATOR: Final = ";"
