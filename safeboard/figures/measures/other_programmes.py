"""Police protection, domestic violence screening, MAPPA and common assessments."""

from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Counting, Group, Mark, Measure, Polarity
from safeboard.figures.measures.frames import in_period, is_true, month_label, open_during, take, words
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

MULTI_AGENCY_LEVELS: Final = ("2", "3")
"""The MAPPA levels at which several agencies manage a case together."""


def _nobody() -> nw.Expr:
    # The rows of these tables are not children.
    return nw.lit(None, dtype=nw.String)


def protections(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Police protections in the period after which the child became looked after: child, family."""
    used = take(
        snapshot,
        "police_protection",
        child="polp_person_id",
        family="polp_family_id",
        began="polp_start_date",
        into_care="polp_became_looked_after",
    )
    return used.filter(in_period("began", period) & nw.col("into_care").fill_null(True))


def _protected_children(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    child = nw.col("child")
    return protections(snapshot, period).select(key=child, person=child, counted=nw.lit(True))


def _protected_families(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return protections(snapshot, period).select(key=nw.col("family"), person=nw.col("child"), counted=nw.lit(True))


def _screenings(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    made = take(
        snapshot,
        "domestic_violence_screening",
        key="dvsc_screening_id",
        screened="dvsc_screening_date",
        investigate="dvsc_needs_investigation",
    ).filter(in_period("screened", period))
    return made.with_columns(person=_nobody(), counted=nw.lit(True), month=month_label("screened"))


def _screenings_to_investigate(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _screenings(snapshot, period).with_columns(counted=is_true("investigate"))


def _cases(snapshot: Snapshot) -> nw.LazyFrame[Any]:
    cases = take(
        snapshot,
        "mappa_case",
        key="mapp_case_id",
        began="mapp_start_date",
        ended="mapp_end_date",
        level_code="mapp_level",
        risk="mapp_risk_to_children",
        offended="mapp_serious_further_offence_date",
    )
    return cases.with_columns(person=_nobody(), counted=nw.lit(True))


def _risks_to_children(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    managed = open_during("began", "ended", period) & nw.col("level_code").is_in(MULTI_AGENCY_LEVELS)
    cases = _cases(snapshot).filter(managed & is_true("risk"))
    return cases.with_columns(level=words("level_code", codes.MAPPA_LEVEL))


def _further_offences(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _cases(snapshot).filter(in_period("offended", period))


def _cafs(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    completed = take(
        snapshot,
        "caf",
        key="caf_assessment_id",
        person="caf_person_id",
        completed="caf_completed_date",
        agency_code="caf_agency",
    ).filter(in_period("completed", period))
    return completed.with_columns(
        counted=nw.lit(True), month=month_label("completed"), agency=words("agency_code", codes.AGENCY)
    )


_CHILDREN: Final = Measure(
    id="police_protection_children",
    title="Children who became looked after through police protection",
    meaning="How many children the police took into protection in an emergency who then became looked after.",
    source="section 46 Children Act 1989; report lines 1103-1109; domain/indicators.md (o)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Distinct children with a police protection that began in the period and is not recorded as not "
    "having led to being looked after",
    denominator="",
    needs=("police_protection.polp_start_date",),
    rows=_protected_children,
    table="police_protection",
    counting=Counting.CHILDREN,
    mark=Mark.CHOSEN,
    choice="A child protected twice in the year counts once. Only a record that says the child did not become "
    "looked after is left out; where nothing is recorded, the protection counts.",
)

_FAMILIES: Final = replace(
    _CHILDREN,
    id="police_protection_families",
    title="Families whose children became looked after through police protection",
    meaning="How many families the police protected children of in an emergency who then became looked after.",
    numerator="Distinct family groups with a police protection that began in the period and is not recorded as not "
    "having led to being looked after",
    needs=("police_protection.polp_start_date", "police_protection.polp_family_id"),
    rows=_protected_families,
    counting=Counting.FAMILIES,
    choice="A family protected twice in the year counts once. Only a record that says the child did not become "
    "looked after is left out; where nothing is recorded, the protection counts.",
)

_SCREENINGS: Final = Measure(
    id="dv_screenings",
    title="Domestic violence screenings",
    meaning="How many police notifications of domestic violence were screened. It counts notifications, not children.",
    source="report lines 1112-1118; domain/indicators.md (p)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Screenings dated in the period, both ends inclusive",
    denominator="",
    needs=("domestic_violence_screening.dvsc_screening_date",),
    rows=_screenings,
    table="domestic_violence_screening",
    groups=(Group("month", "Month of screening"),),
)

_TO_INVESTIGATE: Final = replace(
    _SCREENINGS,
    id="dv_screenings_needing_investigation",
    title="Screenings that needed further investigation by social care",
    meaning="Of the domestic violence screenings, the share after which social care was to investigate further.",
    source="report lines 1117-1119; domain/indicators.md (p)",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those recorded as needing investigation by social care",
    denominator="Screenings dated in the period, both ends inclusive",
    needs=("domestic_violence_screening.dvsc_screening_date", "domestic_violence_screening.dvsc_needs_investigation"),
    rows=_screenings_to_investigate,
    groups=(),
    mark=Mark.CHOSEN,
    choice="A screening with nothing recorded about further investigation counts as needing none.",
)

_RISKS: Final = Measure(
    id="mappa_cases_risk_to_children",
    title="MAPPA cases with a risk to children",
    meaning="How many offenders were managed by several agencies together and found to be a risk to children.",
    source="report lines 1121-1125; domain/indicators.md (q)",
    edition="1",
    unit=Unit.COUNT,
    numerator="Cases at level 2 or 3, with a risk to children, that began on or before the period's last day and "
    "have no last day or one on or after the period's first day",
    denominator="",
    needs=(
        "mappa_case.mapp_start_date",
        "mappa_case.mapp_end_date",
        "mappa_case.mapp_level",
        "mappa_case.mapp_risk_to_children",
    ),
    rows=_risks_to_children,
    table="mappa_case",
    counting=Counting.CASES,
    groups=(Group("level", "MAPPA level", tuple(codes.MAPPA_LEVEL.words[level] for level in MULTI_AGENCY_LEVELS)),),
    mark=Mark.CHOSEN,
    choice="A case counts if it was managed at level 2 or 3 on at least one day of the year, its last day included.",
)

_OFFENCES: Final = replace(
    _RISKS,
    id="mappa_serious_further_offences",
    title="Serious further offences by people under MAPPA",
    meaning="How many people committed a serious further offence, such as murder or rape, while managed under MAPPA.",
    source="report line 1126; domain/indicators.md (q)",
    numerator="Cases, at any level, with a serious further offence dated in the period, both ends inclusive",
    needs=("mappa_case.mapp_serious_further_offence_date",),
    rows=_further_offences,
    polarity=Polarity.LOW_IS_GOOD,
    groups=(),
    choice="All levels count, as everyone managed under the arrangements is meant. One case counts once.",
)

_CAFS: Final = Measure(
    id="cafs_completed",
    title="Common assessments completed",
    meaning="How many common assessments (CAFs) agencies completed, so that a child gets help early.",
    source="report section 11; domain/indicators.md 1.3",
    edition="1",
    unit=Unit.COUNT,
    numerator="Common assessments completed on a day of the period, both ends inclusive",
    denominator="",
    needs=("caf.caf_completed_date",),
    rows=_cafs,
    table="caf",
    groups=(
        Group("month", "Month of completion"),
        Group("agency", "Agency", tuple(codes.AGENCY.words.values()), needs=("caf.caf_agency",)),
    ),
)

MEASURES: Final = (_CHILDREN, _FAMILIES, _SCREENINGS, _TO_INVESTIGATE, _RISKS, _OFFENCES, _CAFS)
