"""The numbers the reference city is built to: those printed in report lines 978-1125, and those that follow or fill in.

Printed ones say their line. A number without one is chosen so that the printed ones hold together and the city looks
like one: it is no fact about any place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

AREA: Final = "990"
"""An authority number that no council has; the area "Reference City" of the agencies room."""

FIRST_YEAR: Final = 2008
LAST_YEAR: Final = 2009
"""The years, by their end, whose returns are written: 2007-08 and 2008-09 (line 978)."""

BEFORE: Final = date(2007, 3, 31)
BETWEEN: Final = date(2008, 3, 31)
END: Final = date(2009, 3, 31)


@dataclass(frozen=True, slots=True)
class Flow:
    """How many of what happened in one reporting year."""

    referrals: int
    initial_assessments: int
    no_assessment: int
    enquiries: int
    unfinished_enquiries: int
    conferences: int
    carried_conferences: int
    plans: int
    carried_plans: int
    repeat_plans: int
    on_time_initial: float
    on_time_core: float


FLOWS: Final[Mapping[int, Flow]] = {
    2008: Flow(
        referrals=2964,
        initial_assessments=2132,
        no_assessment=52,
        enquiries=402,
        unfinished_enquiries=8,
        conferences=231,
        carried_conferences=5,
        plans=158,
        carried_plans=4,
        repeat_plans=20,
        on_time_initial=0.66,
        on_time_core=0.79,
    ),
    2009: Flow(
        referrals=3246,  # line 987
        initial_assessments=2473,  # line 988
        no_assessment=42,
        enquiries=556,  # line 989
        unfinished_enquiries=9,
        conferences=381,  # line 990
        carried_conferences=8,
        plans=309,  # line 991
        carried_plans=6,
        repeat_plans=46,  # 14.9% of 309, line 1011: the only whole number that fits
        on_time_initial=0.7,
        on_time_core=0.82,
    ),
}
"""`no_assessment` referrals led to some help without an assessment; the rest of the difference to
`initial_assessments` had no further action. `unfinished_enquiries` await a conference at the year's end;
`carried_conferences` (`carried_plans` of them with a plan) follow an enquiry begun in the year before."""

ASSESSMENTS_OVER_YEAR_END: Final = 20
"""Initial assessments begun in a year's last days and authorised in the next; as many come in as go out."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Plans that share the year they start in and the year they end in (None: still open on 31 March 2009).

    `durations` says how many last how long, in days from and to, well inside the bands of the published tables.
    """

    name: str
    starts: tuple[date, date]
    ends_in: int | None
    durations: Mapping[tuple[int, int], int]


_TO_3_MONTHS: Final = (30, 85)
_TO_6_MONTHS: Final = (98, 176)
_TO_1_YEAR: Final = (190, 358)
_TO_2_YEARS: Final = (372, 722)
_OVER_2_YEARS: Final = (738, 1300)
_OPEN: Final = (0, 0)

_LONG_AGO: Final = (date(2003, 6, 2), date(2007, 3, 28))
_IN_2007_08: Final = (date(2007, 4, 17), date(2008, 3, 26))
_IN_2008_09: Final = (date(2008, 4, 16), date(2009, 3, 27))

COHORTS: Final = (
    Cohort(
        "old, ended 2007-08",
        _LONG_AGO,
        2008,
        {_OVER_2_YEARS: 21, _TO_2_YEARS: 70, _TO_1_YEAR: 36, _TO_6_MONTHS: 8, _TO_3_MONTHS: 3},  # 21: line 1036
    ),
    Cohort("old, ended 2008-09", _LONG_AGO, 2009, {_OVER_2_YEARS: 8, _TO_2_YEARS: 39}),  # 8: line 1036
    Cohort("old, open", (date(2006, 6, 1), date(2007, 3, 28)), None, {_OPEN: 11}),
    Cohort("2007-08, ended 2007-08", _IN_2007_08, 2008, {_TO_3_MONTHS: 9, _TO_6_MONTHS: 14, _TO_1_YEAR: 12}),
    Cohort(
        "2007-08, ended 2008-09",
        _IN_2007_08,
        2009,
        {_TO_3_MONTHS: 4, _TO_6_MONTHS: 9, _TO_1_YEAR: 42, _TO_2_YEARS: 28},
    ),
    Cohort("2007-08, open", _IN_2007_08, None, {_OPEN: 40}),
    Cohort("2008-09, ended 2008-09", _IN_2008_09, 2009, {_TO_3_MONTHS: 14, _TO_6_MONTHS: 26, _TO_1_YEAR: 20}),
    Cohort("2008-09, open", _IN_2008_09, None, {_OPEN: 249}),
)
"""196 plans open on 31 March 2007; 158 start and 173 end in 2007-08, leaving 181 (300 less 119, line 999); 309 start
and 190 end in 2008-09, leaving 300. Of the 190, 53 (28%, line 1040) end within 6 months, 137 (72%, line 1039) after."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the children of one part of a stock of plans are like; each mapping adds to the number of its plans.

    `ages` are counted on `on`. `looked_after` has as its key the two stocks on which the child is looked after.
    """

    cohorts: tuple[str, ...]
    on: date
    ages: Mapping[str, int]
    categories: Mapping[str, int]
    ethnicities: Mapping[str, int]
    looked_after: Mapping[str, int]


PROFILES: Final = (
    Profile(
        ("old, ended 2008-09", "2007-08, ended 2008-09"),
        BETWEEN,
        {"unborn": 1, "under 1": 15, "1 to 4": 38, "5 to 9": 34, "10 to 15": 36, "16 and over": 6},
        {"EMO": 46, "SAB": 8, "NEG": 64, "PHY": 9, "MUL": 3},
        {"WBRI": 98, "minority": 30, "NOBT": 1, "REFU": 1},
        {"": 119, "2008": 11},
    ),
    Profile(
        ("old, open", "2007-08, open"),
        BETWEEN,
        {"unborn": 1, "under 1": 9, "1": 7, "2": 5, "3": 4, "4": 3, "5": 4, "6": 3, "7": 3, "8": 2, "9": 2, "10": 2,
         "11": 2, "12": 2, "13": 1, "15": 1},
        {"EMO": 14, "SAB": 3, "NEG": 28, "PHY": 5, "MUL": 1},
        {"WBRI": 41, "minority": 10},
        {"": 43, "2008 2009": 6, "2009": 2},
    ),
    Profile(
        ("2008-09, open",),
        END,
        {"unborn": 2, "under 1": 50, "1 to 4": 78, "5 to 9": 64, "10 to 15": 51, "16 and over": 4},
        {"EMO": 79, "SAB": 15, "NEG": 122, "PHY": 28, "MUL": 5},
        {"WBRI": 188, "minority": 58, "NOBT": 2, "REFU": 1},
        {"": 222, "2009": 27},
    ),
)  # fmt: skip
"""The first two together are the 181 plans of 31 March 2008, the last two the 300 of 31 March 2009. There emotional
abuse rises from 60 to 93 and sexual abuse from 11 to 18 (lines 1047-1048), neglect is 150 of 300 (line 1049), children
aged 1 to 4 rise from 57 to 103 (line 1069), 60 are 10 to 15 (line 1070), 235 are under 10 with the unborn and 233
without, 78% either way (line 1088), 17 and 35 are looked after (line 1098), and 68 of the 297 whose ethnicity is known
are not White British (22.9%, line 1077)."""

LINKED_PLANS: Final = {"2007-08": 14, "2008-09": 3}
"""Of the 46 repeat plans: so many follow a plan that ended in that year. The others' earlier plans are older still."""


@dataclass(frozen=True, slots=True)
class Issues:
    """Conferences of a year at which the three key issues were recorded, and at how many each was found."""

    recorded: int
    any_of_them: int
    domestic_violence: int
    alcohol: int
    drugs: int


ISSUES: Final[Mapping[int, Issues]] = {
    2008: Issues(recorded=213, any_of_them=141, domestic_violence=128, alcohol=43, drugs=38),
    2009: Issues(recorded=337, any_of_them=207, domestic_violence=171, alcohol=80, drugs=63),
}
"""2008-09: 61.4, 50.7, 23.7 and 18.7% (lines 1058-1061). No whole numbers of the 381 initial conferences give all
four, and 337 is the smallest base that does, so issues are recorded at 337 of them. 2007-08: domestic violence 60.1%
(line 1059); alcohol and drugs lower than in 2008-09, as lines 1060-1061 say they rose."""

PARENTS_ATTENDING: Final = {2008: 851, 2009: 888}
"""Per thousand conferences, initial and review (line 1084)."""

CHILDREN_ATTENDING: Final = {2008: 98, 2009: 57}
"""Per thousand conferences, initial and review (line 1085)."""

POLICE_PROTECTION: Final = {2006: (24, 38), 2007: (33, 55), 2008: (33, 48), 2009: (58, 108)}
"""Families and children who became looked after so, by the year's end (lines 1106-1109)."""

POLICE_PROTECTION_NOT_LOOKED_AFTER: Final = {2008: 6, 2009: 9}
"""Children protected who went home again: not counted in the report's series."""

SCREENINGS: Final = {2008: (2565, 864), 2009: (3234, 792)}
"""Screenings and those needing investigation: 33.7% (lines 1116-1117) and 24.5% (lines 1118-1119)."""

MAPPA_CASES: Final = {"both years": 11, "2008": 24, "2009": 19}
"""Level 2 and 3 cases with a risk to children, by when managed: 35 in 2007-08, 30 in 2008-09 (lines 1123-1124)."""

CAFS_BY_MONTH: Final = (
    (0, 1, 4, 1, 2, 9, 15, 12, 7, 8, 8, 20),
    (6, 9, 14, 5, 1, 9, 21, 12, 3, 12, 7, 19),
    (9, 30, 18, 19, 13, 16, 34, 30, 24, 19, 20, 24),
    (32, 37, 33, 24, 23, 30, 35, 48, 44, 39, 32, 70),
)
"""Common assessments completed, April 2005 to March 2009 (lines 632-679)."""
