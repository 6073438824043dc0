"""Section 47 enquiries and initial conferences, and the working days between them (DfE table C4)."""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures import frames
from safeboard.figures.measures.definition import Group, Mark, Measure, Polarity
from safeboard.figures.measures.limits import limit
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

WAITING_BANDS: Final = {"0-10": (0, 10), "11-15": (11, 15), "16-20": (16, 20), "21+": (21, None)}
"""Working days from the start of the enquiry to the conference, as the columns of DfE table C4 are named."""

NO_USABLE_ENQUIRY: Final = "no usable section 47 date"

POPULATION_WORDS: Final = "Children aged 0 to 17 in the area in the middle of the year before the period ends"

_S47_STARTED: Final = "ssd_s47_enquiry.s47e_s47_start_date"
_HELD: Final = "ssd_initial_cp_conference.icpc_icpc_date"


def enquiries_in(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The section 47 enquiries begun in the period: key, person, episode (the referral's key), started."""
    taken = frames.take(
        snapshot,
        "ssd_s47_enquiry",
        key="s47e_s47_enquiry_id",
        person="s47e_person_id",
        episode="s47e_referral_id",
        started="s47e_s47_start_date",
    )
    return taken.filter(frames.in_period("started", period))


def conferences(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    """Every initial conference: key, person, episode (the referral's key), enquiry (the section 47's key), held."""
    return frames.take(
        snapshot,
        "ssd_initial_cp_conference",
        key="icpc_icpc_id",
        person="icpc_person_id",
        episode="icpc_referral_id",
        enquiry="icpc_s47_enquiry_id",
        held="icpc_icpc_date",
    )


def conferences_in(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The initial conferences held in the period."""
    return conferences(snapshot).filter(frames.in_period("held", period))


def _enquiries(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return enquiries_in(snapshot, period).with_columns(counted=nw.lit(True))


def _conferences(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return conferences_in(snapshot, period).with_columns(counted=nw.lit(True))


def _conferences_on_time(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    begun = frames.take(snapshot, "ssd_s47_enquiry", of="s47e_s47_enquiry_id", begun="s47e_s47_start_date")
    linked = conferences_in(snapshot, period).join(begun, left_on="enquiry", right_on="of", how="left")
    timed = frames.with_working_days(linked, snapshot, start="begun", end="held", name="days")
    within = nw.col("days").is_between(0, limit("initial conference", snapshot, period).value)
    return timed.with_columns(counted=within.fill_null(False), band=frames.bands("days", WAITING_BANDS))


SECTION_47: Final = Measure(
    id="section_47",
    title="Section 47 enquiries",
    meaning="How many times social care began to enquire whether a child was suffering or likely to suffer significant "
    "harm (section 47 of the Children Act 1989).",
    source="DfE Children in need, table C4; report section 22; domain/indicators.md (a)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Section 47 enquiries that began in the period, one for each child",
    denominator="",
    needs=(_S47_STARTED,),
    rows=_enquiries,
    table="ssd_s47_enquiry",
)

SECTION_47_RATE: Final = replace(
    SECTION_47,
    id="section_47_rate",
    title="Section 47 enquiries per 10,000 children",
    meaning="Section 47 enquiries set against the number of children who live in the area, so that areas can be "
    "compared.",
    unit=Unit.PER_10_000,
    denominator=POPULATION_WORDS,
    against_population=True,
)

CONFERENCES: Final = Measure(
    id="conferences",
    title="Initial child protection conferences",
    meaning="How many children professionals met about for the first time to decide whether a child protection plan "
    "was needed. A family of three counts three.",
    source="DfE Children in need, table C4; report section 22; domain/indicators.md (a)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Initial conferences held in the period, one for each child, those for a child moving in included",
    denominator="",
    needs=(_HELD,),
    rows=_conferences,
    table="ssd_initial_cp_conference",
)

CONFERENCES_RATE: Final = replace(
    CONFERENCES,
    id="conferences_rate",
    title="Initial child protection conferences per 10,000 children",
    meaning="Initial conferences set against the number of children who live in the area, so that areas can be "
    "compared.",
    unit=Unit.PER_10_000,
    denominator=POPULATION_WORDS,
    against_population=True,
)

WITHIN_15: Final = Measure(
    id="conferences_within_15_days",
    title="Initial conferences within 15 working days",
    meaning="Of the initial conferences, the share held within the working days that the guidance allows from the "
    "start of the section 47 enquiry, and how long each took.",
    source="DfE Children in need, table C4; domain/indicators.md, ICPC within 15 working days",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those held 0 or more working days after the actual start of the section 47 enquiry "
    "they name, and no more than the limit for an initial conference",
    denominator="All initial conferences held in the period, one for each child",
    needs=(_HELD, "ssd_initial_cp_conference.icpc_s47_enquiry_id", _S47_STARTED),
    rows=_conferences_on_time,
    table="ssd_initial_cp_conference",
    polarity=Polarity.HIGH_IS_GOOD,
    mark=Mark.CHOSEN,
    groups=(
        Group(
            "band",
            "Working days from the start of the enquiry",
            tuple(WAITING_BANDS),
            share=True,
            unknown=NO_USABLE_ENQUIRY,
        ),
    ),
    choice="The day the enquiry began is day 0. A conference that names no enquiry, or was held before it began, or is "
    "dated outside the reviewed calendar of working days, is in the denominator and in no band, as in DfE's table, and "
    "stands under its own label. The limit in force on the last day counted applies to the whole period.",
    rules=("initial conference",),
)

MEASURES: Final = (SECTION_47, SECTION_47_RATE, CONFERENCES, CONFERENCES_RATE, WITHIN_15)
