"""Who the children with an open plan are: category, age, sex, ethnicity, disability, and whether looked after."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import narwhals as nw

from safeboard.figures.measures.definition import Counting, Group, Mark, Measure, Moment
from safeboard.figures.measures.frames import (
    AGE_BANDS,
    age_band,
    age_on,
    open_on,
    present,
    take,
    with_membership,
    words,
)
from safeboard.figures.measures.plan_outcomes import looked_after_periods
from safeboard.figures.measures.plans import ENDED, NOT_OURS, OPEN, STARTED, plans_open
from safeboard.figures.tables import codes
from safeboard.figures.tables.snapshot import Snapshot
from safeboard.foundation.kernel.numbers import Unit
from safeboard.foundation.kernel.periods import Period

WHITE, MIXED, ASIAN, BLACK, OTHER = ETHNIC_GROUPS = (
    "White",
    "Mixed",
    "Asian or Asian British",
    "Black or Black British",
    "other ethnic groups",
)

ETHNIC_GROUP: Final[Mapping[str, str]] = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WROM", "WOTH"), WHITE),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), MIXED),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH"), ASIAN),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), BLACK),
    **dict.fromkeys(("CHNE", "OOTH"), OTHER),
}
"""DfE's five groups (Children in need, notes to table A4: Chinese is in the other groups). Refused and not yet
obtained are in none: they are not known."""

WHITE_BRITISH: Final = "WBRI"
NO_DISABILITY: Final = "NONE"
TEN: Final = 10

_UNKNOWN_SEX: Final = codes.SEX.words["U"]


def open_plans_with_child(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """The plans open at the end of the period, with born, expected, sex_code and ethnic_code of the child."""
    children = take(
        snapshot,
        "ssd_person",
        person="pers_person_id",
        born="pers_dob",
        expected="pers_expected_dob",
        sex_code="pers_sex",
        ethnic_code="pers_ethnicity",
    )
    return plans_open(snapshot, period).join(children, on="person", how="left")


def _by_latest_category(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _known(plans_open(snapshot, period).with_columns(category=words("latest", codes.ABUSE)), "category")


def _by_initial_category(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _known(plans_open(snapshot, period).with_columns(category=words("initial", codes.ABUSE)), "category")


def _by_age(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    plans = open_plans_with_child(snapshot, period)
    return _known(plans.with_columns(age=age_band("born", "expected", period.end)), "age")


def under_ten(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Open plans of children of known age; counted under ten, the unborn among them."""
    plans = _by_age(snapshot, period).filter(present("age"))
    return plans.with_columns(counted=(age_on("born", period.end) < TEN).fill_null(True))


def _by_sex(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    plans = open_plans_with_child(snapshot, period).with_columns(sex=words("sex_code", codes.SEX))
    return plans.with_columns(counted=(nw.col("sex") != _UNKNOWN_SEX).fill_null(False))


def of_any_ethnicity(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """All open plans, with the child's ethnic group; counted where it is known."""
    plans = open_plans_with_child(snapshot, period)
    return _known(plans.with_columns(ethnicity=words("ethnic_code", ETHNIC_GROUP)), "ethnicity")


def _of_known_ethnicity(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return of_any_ethnicity(snapshot, period).filter(nw.col("counted"))


def _not_white_british(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _of_known_ethnicity(snapshot, period).with_columns(counted=nw.col("ethnic_code") != WHITE_BRITISH)


def _not_white(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    return _of_known_ethnicity(snapshot, period).with_columns(counted=nw.col("ethnicity") != WHITE)


def by_disability(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    """Open plans of children with a disability record, once for each disability, or once for having none."""
    records = take(snapshot, "ssd_disability", person="disa_person_id", code="disa_disability_code")
    disabled = with_membership(
        records, records.filter(nw.col("code") != NO_DISABILITY), on="person", among="person", name="counted"
    )
    told = disabled.filter(~(nw.col("counted") & (nw.col("code") == NO_DISABILITY)))
    plans = plans_open(snapshot, period).select("key", "person")
    return plans.join(told, on="person", how="inner").with_columns(disability=words("code", codes.DISABILITY))


def _looked_after(snapshot: Snapshot, period: Period) -> nw.LazyFrame[Any]:
    plans = plans_open(snapshot, period).select("key", "person")
    in_care = looked_after_periods(snapshot).filter(open_on("first", "last", period.end))
    return with_membership(plans, in_care, on="person", among="child", name="counted")


def _known(plans: nw.LazyFrame[Any], label: str) -> nw.LazyFrame[Any]:
    return plans.with_columns(counted=present(label))


_CATEGORIES: Final = tuple(codes.ABUSE.words.values())
_PLANS_OPEN: Final = "Plans open at the end of the period's last day"
_NEEDS: Final = (STARTED, ENDED)
_ETHNICITY: Final = "ssd_person.pers_ethnicity"
_KNOWN_ETHNICITY: Final = "Known are all codes of the list but refused (REFU) and not yet obtained (NOBT)."

_LATEST: Final = Measure(
    id="plans_open_category_latest",
    title="Children with a plan, by latest category of abuse",
    meaning="Which kind of harm the plans open when the year ended are for now. The whole is the share recorded.",
    source="DfE Children in need, table D4, latest category; report lines 1045-1050; domain/indicators.md (j)",
    edition="1",
    unit=Unit.PERCENT,
    numerator="Of the denominator, those whose latest category is recorded; for a category, those with it",
    denominator=_PLANS_OPEN,
    needs=(*_NEEDS, "ssd_cp_plans.cppl_cp_plan_latest_category"),
    rows=_by_latest_category,
    table="ssd_cp_plans",
    counting=Counting.CHILDREN,
    moment=Moment.AT_END,
    groups=(Group("category", "Latest category of abuse", _CATEGORIES, share=True),),
    mark=Mark.CHOSEN,
    choice=f"Shares are of all open plans, those without a category among them. {OPEN} {NOT_OURS}",
)

_INITIAL: Final = replace(
    _LATEST,
    id="plans_open_category_initial",
    title="Children with a plan, by initial category of abuse",
    meaning="Which kind of harm the plans open when the year ended were first made for. The whole is the share "
    "recorded.",
    source="DfE Children in need, table D4, initial category; domain/indicators.md (j)",
    numerator="Of the denominator, those whose initial category is recorded; for a category, those with it",
    needs=(*_NEEDS, "ssd_cp_plans.cppl_cp_plan_initial_category"),
    rows=_by_initial_category,
    groups=(Group("category", "Initial category of abuse", _CATEGORIES, share=True),),
)

_AGE: Final = replace(
    _LATEST,
    id="plans_open_age",
    title="Children with a plan, by age",
    meaning="How old the children with a plan were when the year ended. The whole is the share whose age is known.",
    source="DfE Children in need, table A5; report lines 1066-1070; domain/indicators.md (k)",
    numerator="Of the denominator, those whose child has a birth date or an expected one; for an age, those of that "
    "age in completed years on the period's last day",
    needs=(*_NEEDS, "ssd_person.pers_dob", "ssd_person.pers_expected_dob"),
    rows=_by_age,
    groups=(Group("age", "Age", AGE_BANDS, share=True),),
    choice="A child born after the period's last day, or with an expected birth date only, is unborn; with neither "
    "date, the age is not known. Shares are of all open plans. A birthday on 29 February counts on 1 March of other "
    f"years. {OPEN} {NOT_OURS}",
)

_UNDER_TEN: Final = replace(
    _AGE,
    id="plans_open_under_10",
    title="Children with a plan who are under ten",
    meaning="Of the children with a plan when the year ended, the share under ten. Few of them attend a conference.",
    source="report line 1088; domain/indicators.md (k)",
    numerator="Of the denominator, those whose child has not completed ten years on the period's last day, or is "
    "unborn",
    denominator=f"{_PLANS_OPEN} whose child has a birth date or an expected one",
    rows=under_ten,
    groups=(),
    choice=f"Children with neither a birth date nor an expected one are left out. {OPEN} {NOT_OURS}",
)

_SEX: Final = replace(
    _LATEST,
    id="plans_open_sex",
    title="Children with a plan, by sex",
    meaning="How many of the children with a plan are boys and girls. The whole is the share known.",
    source="DfE Children in need, table A5; domain/indicators.md 1.4",
    numerator="Of the denominator, those whose child's sex is recorded as male or female; for a sex, those of it",
    needs=(*_NEEDS, "ssd_person.pers_sex"),
    rows=_by_sex,
    groups=(Group("sex", "Sex", tuple(codes.SEX.words.values()), share=True, unknown=_UNKNOWN_SEX),),
    choice=f"Nothing recorded and recorded as unknown are one group. Shares are of all open plans. {OPEN} {NOT_OURS}",
)

_RECORDED: Final = replace(
    _LATEST,
    id="plans_open_ethnicity_recorded",
    title="Children with a plan whose ethnicity is known",
    meaning="Of the children with a plan, the share whose ethnicity is known: how far the figures on ethnicity reach.",
    source="DfE Children in need, table A5, known ethnicity; domain/indicators.md (l)",
    numerator="Of the denominator, those whose child's ethnicity is recorded with a code other than REFU or NOBT",
    needs=(*_NEEDS, _ETHNICITY),
    rows=of_any_ethnicity,
    groups=(),
    choice=f"{_KNOWN_ETHNICITY} {OPEN} {NOT_OURS}",
)

_ETHNIC: Final = replace(
    _RECORDED,
    id="plans_open_ethnicity",
    title="Children with a plan, by ethnic group",
    meaning="Of the children with a plan whose ethnicity is known, the share from each of five groups.",
    source="DfE Children in need, table A5 and notes to A4; report lines 1075-1079; domain/indicators.md (l)",
    numerator="All of the denominator; for a group, those with one of its codes: White WBRI, WIRI, WIRT, WROM, "
    "WOTH; Mixed MWBC, MWBA, MWAS, MOTH; Asian AIND, APKN, ABAN, AOTH; Black BCRB, BAFR, BOTH; other CHNE, OOTH",
    denominator=f"{_PLANS_OPEN} whose child's ethnicity is recorded with a code other than REFU or NOBT",
    rows=_of_known_ethnicity,
    groups=(Group("ethnicity", "Ethnic group", ETHNIC_GROUPS, share=True),),
)

_MINORITY: Final = replace(
    _ETHNIC,
    id="plans_open_minority_ethnic",
    title="Children with a plan from minority ethnic groups",
    meaning="Of the children with a plan whose ethnicity is known, the share who are not White British.",
    source="report lines 1075-1079; domain/indicators.md (l)",
    numerator="Of the denominator, those with a code other than WBRI",
    rows=_not_white_british,
    groups=(),
    choice="Minority ethnic is taken as everyone but White British; the other usual reading, everyone but the White "
    f"group, stands beside it and can differ much. {_KNOWN_ETHNICITY} {OPEN} {NOT_OURS}",
)

_NOT_WHITE: Final = replace(
    _MINORITY,
    id="plans_open_minority_ethnic_not_white",
    title="Children with a plan from groups other than White",
    meaning="Of the children with a plan whose ethnicity is known, the share who are not of the White group.",
    numerator="Of the denominator, those with a code other than WBRI, WIRI, WIRT, WROM and WOTH",
    rows=_not_white,
    choice="The narrower reading of minority ethnic: everyone but the White group, so that White Irish, Gypsy, "
    f"Roma, Traveller and other White children are not in it. {_KNOWN_ETHNICITY} {OPEN} {NOT_OURS}",
)

_DISABILITY: Final = replace(
    _LATEST,
    id="plans_open_disability",
    title="Children with a plan who are disabled",
    meaning="Of the children with a plan for whom disability was recorded, the share with a disability, and which.",
    source="DfE children in need census, N00099; DfE Children in need, table B2, for open plans",
    numerator="Of the denominator, those whose child has a disability code other than NONE; for a disability, those "
    "with its code, so that a child can be under several",
    denominator=f"{_PLANS_OPEN} whose child has any disability code, NONE included",
    needs=(*_NEEDS, "ssd_disability.disa_disability_code"),
    rows=by_disability,
    groups=(Group("disability", "Disability", tuple(codes.DISABILITY.words.values()), share=True),),
    choice="Children without any disability record, such as the unborn, are left out. NONE beside another code is "
    f"ignored. {OPEN} {NOT_OURS}",
)

_LOOKED_AFTER: Final = replace(
    _LATEST,
    id="plans_looked_after",
    title="Children with a plan who are also looked after",
    meaning="Of the children with a plan when the year ended, the share whom the council also looked after.",
    source="report lines 1093-1099; domain/indicators.md (n)",
    numerator="Of the denominator, those whose child has a looked-after period, other than of short breaks only, "
    "that began on or before the period's last day and has no last day or a later one",
    denominator=_PLANS_OPEN,
    needs=(*_NEEDS, "ssd_cla_episodes.clae_cla_episode_start_date", "ssd_cla_episodes.clae_cla_episode_ceased_date"),
    rows=_looked_after,
    groups=(),
    choice="Agreed series of short breaks are left out where the records mark them (clae_short_breaks_only is yes). "
    f"{OPEN} {NOT_OURS}",
)

MEASURES: Final = (
    _LATEST,
    _INITIAL,
    _AGE,
    _UNDER_TEN,
    _SEX,
    _ETHNIC,
    _RECORDED,
    _MINORITY,
    _NOT_WHITE,
    _DISABILITY,
    _LOOKED_AFTER,
)
