"""A small report made by hand: every form of chart, every kind of gap, numbers of the reference report's section 22."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import narwhals as nw

from safeboard.figures.comparators.comparing import Comparator, Kind
from safeboard.figures.measures.definition import Counting, Group, Mark, Measure, Moment, Polarity
from safeboard.figures.measures.engine import PopulationBase
from safeboard.figures.measures.figure import Figure
from safeboard.figures.reporting.report_input import CrossCheck, ReportInput
from safeboard.figures.tables.snapshot import Manifest, Snapshot, Source
from safeboard.foundation.agencies.areas import REFERENCE_CITY, find_area
from safeboard.foundation.guidance import rule_in_force
from safeboard.foundation.kernel.errors import Gravity, Problem
from safeboard.foundation.kernel.numbers import Unit, ratio
from safeboard.foundation.kernel.periods import Period

NOW = Period.year_ending(2009)
BEFORE = Period.year_ending(2008)
POPULATION = 67_720


def unread(_: Snapshot, __: Period) -> nw.LazyFrame[Any]:
    raise AssertionError("a report reads no records")


def measure(identity: str, title: str, unit: Unit, **other: Any) -> Measure:
    return Measure(
        id=identity,
        title=title,
        meaning=f"What {title.lower()} means in plain words.",
        source="report lines 982-1126",
        edition="1",
        unit=unit,
        numerator="The things counted",
        denominator="" if unit is Unit.COUNT else "The things looked at",
        needs=(),
        rows=unread,
        **{"table": "ssd_cp_plans", **other},
    )


CATEGORY = Group("category", "Latest category of abuse", share=True)
MONTH = Group("month", "Month of referral")

MEASURES: Mapping[str, Measure] = {
    each.id: each
    for each in (
        measure("referrals", "Referrals", Unit.COUNT, groups=(MONTH,)),
        measure("funnel_period_assessments", "Assessments over referrals", Unit.PERCENT),
        measure("funnel_period_section_47", "Section 47 enquiries over assessments", Unit.PERCENT),
        measure("funnel_period_conferences", "Conferences over enquiries", Unit.PERCENT),
        measure("funnel_period_plans", "Plans over conferences", Unit.PERCENT),
        measure("plans_open", "Children with a child protection plan", Unit.COUNT, moment=Moment.AT_END),
        measure(
            "plans_open_rate",
            "Children with a child protection plan per 10,000",
            Unit.PER_10_000,
            moment=Moment.AT_END,
            against_population=True,
        ),
        measure("plans_started", "Plans started", Unit.COUNT),
        measure("plans_ended", "Plans ended", Unit.COUNT),
        measure("plans_any_point", "Plans at any point in the year", Unit.COUNT),
        measure("section_47", "Section 47 enquiries", Unit.COUNT),
        measure("conferences", "Initial conferences", Unit.COUNT),
        measure(
            "ni_65",
            "Second or subsequent plans",
            Unit.PERCENT,
            polarity=Polarity.LOW_IS_GOOD,
            mark=Mark.CHOSEN,
            choice="Any earlier plan counts, however long ago.",
        ),
        measure("ni_67", "Plans reviewed on time", Unit.PERCENT, polarity=Polarity.HIGH_IS_GOOD),
        measure(
            "plans_open_category_latest",
            "Children with a plan, by latest category of abuse",
            Unit.PERCENT,
            moment=Moment.AT_END,
            counting=Counting.CHILDREN,
            groups=(CATEGORY,),
        ),
        measure("dv_screenings", "Domestic violence screenings", Unit.COUNT, groups=(MONTH,)),
        measure("police_protection_children", "Children in police protection", Unit.COUNT),
        measure("mappa_serious_further_offences", "Serious further offences", Unit.COUNT, counting=Counting.CASES),
    )
}


def figure(identity: str, period: Period, numerator: int, denominator: int | None = None, group: str = "") -> Figure:
    made = MEASURES[identity]
    of = POPULATION if made.against_population else denominator
    value = Fraction(numerator) if made.unit is Unit.COUNT else ratio(numerator, of or 0, made.unit)
    return Figure(
        measure=identity,
        edition="1",
        period=period,
        group=group or None,
        numerator=numerator,
        denominator=of,
        value=value,
        unit=made.unit,
        collected=True,
        children=(numerator, denominator),
        population_vintage="mid-2007, derived from report lines 999-1000" if made.against_population else "",
    )


def uncollected(identity: str, period: Period, why: str) -> Figure:
    return Figure(identity, "1", period, None, None, None, None, MEASURES[identity].unit, False, why_not=why)


WHOLES = {
    "referrals": ((3246, None), (2900, None)),
    "funnel_period_assessments": ((2473, 3246), (2100, 2900)),
    "funnel_period_section_47": ((556, 2473), (480, 2100)),
    "funnel_period_conferences": ((381, 556), (300, 480)),
    "funnel_period_plans": ((309, 381), (222, 300)),
    "plans_open": ((300, None), (181, None)),
    "plans_open_rate": ((300, None), (181, None)),
    "plans_started": ((309, None), (222, None)),
    "plans_ended": ((190, None), (200, None)),
    "plans_any_point": ((490, None), (381, None)),
    "section_47": ((556, None), (480, None)),
    "conferences": ((381, None), (300, None)),
    "ni_65": ((46, 309), (27, 222)),
    "ni_67": ((250, 250), (150, 150)),
    "plans_open_category_latest": ((300, 300), (181, 181)),
    "police_protection_children": ((108, None), (48, None)),
    "mappa_serious_further_offences": ((3, None), (0, None)),
}
CATEGORIES = {
    "neglect": (150, 88),
    "physical abuse": (36, 20),
    "sexual abuse": (18, 11),
    "emotional abuse": (93, 60),
    "multiple": (3, 2),
}


def figures() -> list[Figure]:
    made = []
    for identity, (now, before) in WHOLES.items():
        made += [figure(identity, NOW, *now), figure(identity, BEFORE, *before)]
    for position, period in enumerate((NOW, BEFORE)):
        for label, counts in CATEGORIES.items():
            whole = (300, 181)[position]
            made.append(figure("plans_open_category_latest", period, counts[position], whole, f"category={label}"))
        for month in range(12):
            year = period.start.year + (month + 3) // 12
            label = f"month={year}-{(month + 3) % 12 + 1:02d}"
            total = (3246, 2900)[position]
            made.append(figure("referrals", period, total // 12 + (total % 12 if month == 11 else 0), None, label))
        made.append(uncollected("dv_screenings", period, "The sources do not collect screenings."))
    return made


def beside(kind: Kind, name: str, year: int, text: str, unit: Unit, group: str | None = None) -> Comparator:
    label = Period.year_ending(year).label
    return Comparator(
        kind=kind,
        name=name,
        period_label=label,
        value=Fraction(text.rstrip("%")),
        unit=unit,
        source="DfE, year ending 31 March 2008",
        same_period=label == NOW.label,
        note="" if label == NOW.label else f"Of {label}, not {NOW.label}: the years differ.",
        shown=text,
        group=group,
    )


OTHERS = {
    "plans_open": (beside(Kind.ENGLAND, "England", 2008, "29200", Unit.COUNT),),
    "plans_open_rate": (
        beside(Kind.ENGLAND, "England", 2008, "26.5", Unit.PER_10_000),
        beside(Kind.NEIGHBOURS_MEAN, "Statistical neighbours, mean", 2008, "28.1", Unit.PER_10_000),
    ),
    "ni_65": (beside(Kind.ENGLAND, "England", 2009, "14%", Unit.PERCENT),),
    "plans_open_category_latest": (beside(Kind.ENGLAND, "England", 2008, "46%", Unit.PERCENT, "category=neglect"),),
}


def report_input(threshold: int = 0, **other: Any) -> ReportInput:
    noted = Problem(
        message="The child has no date of birth and none is expected.",
        remedy="Add one of the two in the case system.",
        file="city.xml",
        line=12,
        child="CH000012",
        element="PersonBirthDate",
        gravity=Gravity.NOTED,
    )
    made = ReportInput(
        area=find_area(REFERENCE_CITY),
        period=NOW,
        figures=figures(),
        measures=MEASURES,
        manifest=Manifest(
            reference_date=date(2009, 3, 31),
            sources=(Source("city.xml", "census", "ab" * 32, date(2009, 3, 31), "990", 2009),),
            areas=("990",),
        ),
        identity="cd" * 32,
        threshold=threshold,
        comparators=OTHERS,
        limits={"ni_67": (rule_in_force("first review", "", NOW.end),)},
        problems=(noted, replace(noted, line=40, child="CH000040")),
        cross_checks=(CrossCheck("A plan starts on the day of its conference", "Plans that started.", 4, 309),),
        population=PopulationBase(POPULATION, 2007, "derived from report lines 999-1000"),
    )
    return replace(made, **other)
