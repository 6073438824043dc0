"""Referrals and contacts: how many, from whom, again within a year, and to what end (DfE tables C1, C5, C6)."""

from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures import frames
from safeboard.figures.measures.definition import Group, Mark, Measure, Polarity
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.months import add_months
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

RE_REFERRAL_MONTHS: Final = 12
"""A re-referral follows another referral of the child within these calendar months (DfE table C1)."""

NOT_IN_NEED: Final = ("RC8", "RC9")
"""Reasons for closure that say an assessment found no need (domain/indicators.md (b))."""

SOURCES: Final = tuple(codes.REFERRAL_SOURCE.words.values())

SOURCE_UNKNOWN: Final = "10"

_TABLE: Final = "ssd_cin_episodes"
_DATE: Final = "ssd_cin_episodes.cine_referral_date"


def referrals_in(snapshot: Snapshot, period: Period, **columns: str) -> nw.LazyFrame[Any]:
    """The referrals dated in the period: key, person, `referred`, and the further columns asked for (name = column)."""
    taken = frames.take(
        snapshot,
        _TABLE,
        key="cine_referral_id",
        person="cine_person_id",
        referred="cine_referral_date",
        **columns,
    )
    return taken.filter(frames.in_period("referred", period))


def _referrals(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return referrals_in(snapshot, period, source_code="cine_referral_source_code").select(
        "key",
        "person",
        counted=nw.lit(True),
        month=frames.month_label("referred"),
        source=frames.words("source_code", codes.REFERRAL_SOURCE),
    )


def _re_referrals(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    year = referrals_in(snapshot, period)
    earliest = add_months(period.start, -RE_REFERRAL_MONTHS)
    before = frames.take(snapshot, _TABLE, child="cine_person_id", previous="cine_referral_date").filter(
        nw.col("previous").is_between(nw.lit(earliest), nw.lit(period.end))
    )
    soon_after = (nw.col("previous") < nw.col("referred")) & (
        frames.months_later("previous", RE_REFERRAL_MONTHS) >= nw.col("referred")
    )
    again = year.join(before, left_on="person", right_on="child", how="inner").filter(soon_after)
    return frames.with_membership(year, again, on="key", among="key", name="counted")


def _no_further_action(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    year = referrals_in(snapshot, period, nothing_further="cine_referral_nfa")
    return year.with_columns(counted=frames.is_true("nothing_further"))


def _not_in_need(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    year = referrals_in(snapshot, period, closed="cine_close_date", reason="cine_close_reason")
    closed_so = nw.col("reason").is_in(NOT_IN_NEED) & (nw.col("closed") <= period.end)
    return year.with_columns(counted=closed_so.fill_null(False))


def _sources(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return referrals_in(snapshot, period, source_code="cine_referral_source_code").select(
        "key",
        "person",
        counted=(nw.col("source_code") != SOURCE_UNKNOWN).fill_null(False),
        source=frames.words("source_code", codes.REFERRAL_SOURCE),
    )


def _contacts(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    taken = frames.take(
        snapshot,
        "ssd_contacts",
        key="cont_contact_id",
        person="cont_person_id",
        contacted="cont_contact_date",
        source_code="cont_contact_source_code",
    )
    return taken.filter(frames.in_period("contacted", period)).select(
        "key", "person", counted=nw.lit(True), source=frames.words("source_code", codes.REFERRAL_SOURCE)
    )


def _by_source(*, share: bool, needs: str = "") -> Group:
    return Group("source", "Source", SOURCES, share=share, unknown="unknown", needs=(needs,) if needs else ())


REFERRALS: Final = Measure(
    id="referrals",
    title="Referrals",
    meaning="How many times someone asked children's social care to help or protect a child. A child referred twice "
    "counts twice; brothers and sisters count one each.",
    source="DfE Children in need, tables C1, C5 and C6; report section 22; domain/indicators.md 1.1",
    edition="1",
    unit=Unit.COUNT,
    numerator="Referral episodes whose referral date lies in the period, whatever came of them",
    denominator="",
    needs=(_DATE,),
    rows=_referrals,
    table=_TABLE,
    groups=(
        Group("month", "Month of referral"),
        _by_source(share=False, needs="ssd_cin_episodes.cine_referral_source_code"),
    ),
)

REFERRALS_RATE: Final = Measure(
    id="referrals_rate",
    title="Referrals per 10,000 children",
    meaning="Referrals set against the number of children who live in the area, so that areas can be compared.",
    source="DfE Children in need, table C1; domain/indicators.md 1.1",
    edition="1",
    unit=Unit.PER_10_000,
    numerator="Referral episodes whose referral date lies in the period, whatever came of them",
    denominator="Children aged 0 to 17 in the area in the middle of the year before the period ends",
    needs=(_DATE,),
    rows=_referrals,
    table=_TABLE,
    against_population=True,
)

RE_REFERRALS: Final = Measure(
    id="re_referrals",
    title="Referrals within 12 months of a previous one",
    meaning="Of the referrals, the share where the same child had been referred within the year before. A high share "
    "may mean that help ended too soon.",
    source="DfE Children in need, table C1; domain/indicators.md 1.4",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those with another referral of the same child on an earlier day D such that D plus "
    "12 calendar months (clipped to the month's end) is the day of this referral or later",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(_DATE, "ssd_cin_episodes.cine_person_id"),
    rows=_re_referrals,
    table=_TABLE,
    polarity=Polarity.LOW_IS_GOOD,
    mark=Mark.CHOSEN,
    choice="Any earlier referral of the child counts, whatever came of it; the same day a year later is still within "
    "12 months; two referrals on one day do not make each other a re-referral. The 12 months before the period must be "
    "covered by the records.",
    look_back_months=RE_REFERRAL_MONTHS,
)

NO_FURTHER_ACTION: Final = Measure(
    id="referrals_no_further_action",
    title="Referrals with no further action",
    meaning="Of the referrals, the share on which social care decided to do nothing further.",
    source="DfE Children in need, table C1; domain/indicators.md (b)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those marked as no further action",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(_DATE, "ssd_cin_episodes.cine_referral_nfa"),
    rows=_no_further_action,
    table=_TABLE,
    choice="A referral with nothing recorded under no further action counts as acted upon.",
)

NOT_IN_NEED_AFTER_ASSESSMENT: Final = Measure(
    id="referrals_not_in_need",
    title="Referrals assessed and found not in need",
    meaning="Of the referrals, the share that ended because an assessment found that the child was not in need of "
    "social care.",
    source="DfE Children in need, table C1; domain/indicators.md (b)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those closed on or before the last day of the period with reason RC8 or RC9",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(_DATE, "ssd_cin_episodes.cine_close_date", "ssd_cin_episodes.cine_close_reason"),
    rows=_not_in_need,
    table=_TABLE,
    mark=Mark.CHOSEN,
    choice="A closure after the period's last day is left out, so that a later extract of the same year gives the same "
    "figure.",
)

REFERRALS_SOURCE: Final = Measure(
    id="referrals_source",
    title="Where referrals come from",
    meaning="The share of referrals from each source. The whole is the share whose source is known.",
    source="DfE Children in need, table C5; report section 22",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those whose source is recorded and is not code 10 (unknown)",
    denominator="Referral episodes whose referral date lies in the period",
    needs=(_DATE, "ssd_cin_episodes.cine_referral_source_code"),
    rows=_sources,
    table=_TABLE,
    groups=(_by_source(share=True),),
    choice="Shares are of all referrals; no source recorded, and source recorded as unknown, are one group.",
)

CONTACTS: Final = Measure(
    id="contacts",
    title="Contacts",
    meaning="How many times someone told children's social care about a child, before deciding "
    "whether it was a referral.",
    source="Standard Safeguarding Dataset, contacts",
    edition="1",
    unit=Unit.COUNT,
    numerator="Contacts dated in the period",
    denominator="",
    needs=("ssd_contacts.cont_contact_date",),
    rows=_contacts,
    table="ssd_contacts",
    groups=(_by_source(share=False, needs="ssd_contacts.cont_contact_source_code"),),
)

MEASURES: Final = (
    REFERRALS,
    REFERRALS_RATE,
    RE_REFERRALS,
    NO_FURTHER_ACTION,
    NOT_IN_NEED_AFTER_ASSESSMENT,
    REFERRALS_SOURCE,
    CONTACTS,
)
