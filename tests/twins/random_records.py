"""Small random standard tables, crowded around the days on which definitions turn.

Valid by the loader's rules (ends after starts, no two open plans, references that exist) and otherwise as awkward as
real records: missing codes, children with no birth date, plans on the first and last day of a year, several of a kind.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from safeboard.figures.tables import codes
from safeboard.foundation.kernel.months import add_months

Row = dict[str, Any]
Records = dict[str, list[Row]]

REFERENCE_DATE = date(2009, 3, 31)
FIRST_DAY = date(2005, 4, 1)
TURNING_DAYS = tuple(
    date(year, month, day)
    for year in (2006, 2007, 2008, 2009)
    for month, day in ((3, 30), (3, 31), (4, 1), (4, 2), (9, 30), (10, 1))
    if date(year, month, day) <= REFERENCE_DATE
)


def some_day(chance: Random, first: date = FIRST_DAY, last: date = REFERENCE_DATE) -> date:
    """A day from first to last, both included, often one on which a year turns."""
    turning = [day for day in TURNING_DAYS if first <= day <= last]
    if turning and chance.random() < 0.4:
        return chance.choice(turning)
    return first + timedelta(days=chance.randint(0, (last - first).days))


def later_day(chance: Random, first: date) -> date | None:
    """A day on or after `first`, often a whole number of months or a measure's limit away; None where still open."""
    if chance.random() < 0.25:
        return None
    if chance.random() < 0.5:
        day = add_months(first, chance.choice((0, 1, 3, 6, 12, 24))) + timedelta(days=chance.choice((-1, 0, 1)))
    else:
        day = first + timedelta(days=chance.choice((0, 1, 7, 9, 10, 15, 21, 45, 60, 90, 400, 728, 729, 730, 731)))
    return max(first, day) if day <= REFERENCE_DATE else None


def maybe(chance: Random, value: Any, missing: float = 0.15) -> Any:
    return None if chance.random() < missing else value


def code(chance: Random, codelist: codes.CodeList, missing: float = 0.15) -> str | None:
    return maybe(chance, chance.choice(tuple(codelist)), missing)


def yes_no(chance: Random) -> bool | None:
    return maybe(chance, chance.random() < 0.5)


def random_records(seed: int, families: int = 20) -> Records:
    """All standard tables for `families` of up to eight children; the same seed gives the same records."""
    chance = Random(seed)
    records: Records = {name: [] for name in TABLES_WRITTEN}
    for family in range(families):
        for number in range(chance.randint(1, 8)):
            add_child(chance, records, f"child{family}-{number}")
        for number in range(chance.randint(0, 5)):
            add_area_events(chance, records, f"{family}-{number}")
    return records


LEAP_CYCLE = 16
"""Years by which records can be moved without a 29 February losing its day."""


def sixteen_years_later(records: Records) -> Records:
    """The same records under the guidance of today."""

    def moved(value: Any) -> Any:
        return value.replace(year=value.year + LEAP_CYCLE) if isinstance(value, date) else value

    return {
        table: [{column: moved(value) for column, value in row.items()} for row in rows]
        for table, rows in records.items()
    }


TABLES_WRITTEN = (
    "ssd_person",
    "ssd_disability",
    "ssd_contacts",
    "ssd_cin_episodes",
    "ssd_cin_assessments",
    "ssd_assessment_factors",
    "ssd_s47_enquiry",
    "ssd_initial_cp_conference",
    "ssd_cp_plans",
    "ssd_cp_reviews",
    "ssd_cp_visits",
    "ssd_cin_plans",
    "ssd_cla_episodes",
    "conference_attendance",
    "conference_issue",
    "police_protection",
    "domestic_violence_screening",
    "mappa_case",
    "caf",
)


def add_child(chance: Random, records: Records, child: str) -> None:
    born = maybe(chance, some_day(chance, date(1990, 4, 1)))
    records["ssd_person"].append(
        {
            "pers_person_id": child,
            "pers_dob": born,
            "pers_expected_dob": None if born else date(2009, 5, 1),
            "pers_sex": code(chance, codes.SEX),
            "pers_ethnicity": code(chance, codes.ETHNICITY),
        }
    )
    for disability in chance.choice(((), ("NONE",), ("MOB",), ("NONE", "VIS"), ("LD", "AUT"))):
        records["ssd_disability"].append(
            {
                "disa_table_id": f"{child}/{disability}",
                "disa_person_id": child,
                "disa_disability_code": disability,
            }
        )
    for number in range(chance.randint(0, 2)):
        records["ssd_contacts"].append(
            {
                "cont_contact_id": f"{child}/k{number}",
                "cont_person_id": child,
                "cont_contact_date": some_day(chance),
                "cont_contact_source_code": code(chance, codes.REFERRAL_SOURCE),
            }
        )
    for number in range(chance.randint(0, 3)):
        add_referral(chance, records, child, f"{child}/r{number}")
    add_plans(chance, records, child)
    add_looked_after(chance, records, child)
    add_early_and_police(chance, records, child)


def add_referral(chance: Random, records: Records, child: str, referral: str) -> None:
    received = some_day(chance)
    closed = later_day(chance, received)
    records["ssd_cin_episodes"].append(
        {
            "cine_referral_id": referral,
            "cine_person_id": child,
            "cine_referral_date": received,
            "cine_referral_source_code": code(chance, codes.REFERRAL_SOURCE),
            "cine_cin_primary_need_code": code(chance, codes.PRIMARY_NEED),
            "cine_referral_nfa": yes_no(chance),
            "cine_close_date": closed,
            "cine_close_reason": code(chance, codes.CLOSE_REASON) if closed else None,
        }
    )
    for number in range(chance.randint(0, 2)):
        add_assessment(chance, records, child, referral, received, f"{referral}/a{number}")
    for number in range(chance.randint(0, 2)):
        add_enquiry(chance, records, child, referral, received, f"{referral}/s{number}")
    if chance.random() < 0.3:
        add_conference(chance, records, child, referral, None, received, f"{referral}/c")
    if chance.random() < 0.3:
        started = some_day(chance, received)
        records["ssd_cin_plans"].append(
            {
                "cinp_cin_plan_id": f"{referral}/n",
                "cinp_person_id": child,
                "cinp_referral_id": referral,
                "cinp_cin_plan_start_date": started,
                "cinp_cin_plan_end_date": later_day(chance, started),
            }
        )


def near(chance: Random, day: date) -> date:
    """A day shortly after `day`, sometimes before it, never after the extract: real episodes are out of order too."""
    return min(REFERENCE_DATE, max(FIRST_DAY, day + timedelta(days=chance.choice((-3, 0, 0, 1, 5, 14, 30, 64, 200)))))


def add_assessment(
    chance: Random, records: Records, child: str, referral: str, received: date, assessment: str
) -> None:
    started = near(chance, received)
    records["ssd_cin_assessments"].append(
        {
            "cina_assessment_id": assessment,
            "cina_person_id": child,
            "cina_referral_id": maybe(chance, referral, 0.1),
            "cina_assessment_kind": code(chance, codes.ASSESSMENT_KIND),
            "cina_assessment_start_date": started,
            "cina_assessment_auth_date": later_day(chance, started),
        }
    )
    for factor in chance.sample(tuple(codes.FACTOR), chance.choice((0, 0, 1, 3))):
        records["ssd_assessment_factors"].append(
            {
                "cinf_table_id": f"{assessment}/{factor}",
                "cinf_assessment_id": assessment,
                "cinf_assessment_factor": factor,
            }
        )


def add_enquiry(chance: Random, records: Records, child: str, referral: str, received: date, enquiry: str) -> None:
    started = near(chance, received)
    records["ssd_s47_enquiry"].append(
        {
            "s47e_s47_enquiry_id": enquiry,
            "s47e_person_id": child,
            "s47e_referral_id": maybe(chance, referral, 0.1),
            "s47e_s47_start_date": started,
            "s47e_icpc_not_required": yes_no(chance),
        }
    )
    if chance.random() < 0.6:
        add_conference(chance, records, child, referral, enquiry, started, f"{enquiry}/c")


def add_conference(
    chance: Random,
    records: Records,
    child: str,
    referral: str,
    enquiry: str | None,
    after: date,
    conference: str,
) -> None:
    held = near(chance, after)
    records["ssd_initial_cp_conference"].append(
        {
            "icpc_icpc_id": conference,
            "icpc_person_id": child,
            "icpc_referral_id": maybe(chance, referral, 0.1),
            "icpc_s47_enquiry_id": enquiry,
            "icpc_icpc_date": held,
            "icpc_icpc_transfer_in": enquiry is None,
        }
    )
    add_conference_record(chance, records, child, conference, "INITIAL", held)


def add_conference_record(chance: Random, records: Records, child: str, conference: str, kind: str, held: date) -> None:
    """Who came and which issues were found, for some conferences; for others nobody wrote it down."""
    attenders = [("CHILD", None), ("PARENT", None), ("PARENT", None), ("AGENCY", "HEALTH"), ("AGENCY", "POLICE")]
    for number, (attender, agency) in enumerate(chance.sample(attenders, chance.randint(0, 5))):
        records["conference_attendance"].append(
            {
                "cona_attendance_id": f"{conference}/t{number}",
                "cona_person_id": child,
                "cona_conference_id": conference,
                "cona_conference_kind": kind,
                "cona_conference_date": held,
                "cona_attender": attender,
                "cona_agency": maybe(chance, agency, 0.1),
                "cona_attended": chance.random() < 0.5,
                "cona_participation": code(chance, codes.PARTICIPATION) if attender == "CHILD" else None,
            }
        )
    found = chance.choice(((), ("NONE",), ("ALCOHOL",), ("NONE", "DRUGS"), ("DOMESTIC_VIOLENCE", "DRUGS")))
    for issue in found:
        records["conference_issue"].append(
            {
                "coni_issue_id": f"{conference}/{issue}",
                "coni_person_id": child,
                "coni_conference_id": conference,
                "coni_conference_date": held,
                "coni_issue": issue,
            }
        )


def add_plans(chance: Random, records: Records, child: str) -> None:
    """Up to three plans one after another, never two at once."""
    first: date | None = FIRST_DAY
    referrals = [row["cine_referral_id"] for row in records["ssd_cin_episodes"] if row["cine_person_id"] == child]
    held = [row for row in records["ssd_initial_cp_conference"] if row["icpc_person_id"] == child]
    conferences = [row["icpc_icpc_id"] for row in held]
    for number in range(chance.randint(0, 3)):
        if first is None or first > REFERENCE_DATE:
            return
        plan, started = f"{child}/p{number}", some_day(chance, first)
        after = [row["icpc_icpc_date"] for row in held if row["icpc_icpc_date"] >= first]
        if after and chance.random() < 0.5:
            started = near(chance, chance.choice(after))
            started = max(started, first)
        ended = later_day(chance, started)
        records["ssd_cp_plans"].append(
            {
                "cppl_cp_plan_id": plan,
                "cppl_person_id": child,
                "cppl_referral_id": chance.choice(referrals) if referrals else None,
                "cppl_icpc_id": chance.choice(conferences) if conferences and chance.random() < 0.4 else None,
                "cppl_cp_plan_start_date": started,
                "cppl_cp_plan_end_date": ended,
                "cppl_cp_plan_initial_category": code(chance, codes.ABUSE),
                "cppl_cp_plan_latest_category": code(chance, codes.ABUSE),
                "cppl_number_of_previous_plans": maybe(chance, number + chance.choice((0, 0, 1)), 0.3),
                "cppl_cp_plan_ola": chance.choice((None, False, False, False, True)),
            }
        )
        add_reviews(chance, records, child, plan, started, ended)
        first = ended + timedelta(days=1) if ended else None


def add_reviews(chance: Random, records: Records, child: str, plan: str, started: date, ended: date | None) -> None:
    """Reviews mostly on the last day allowed, sometimes a day late or missed."""
    last, due = started, add_months(started, 3)
    for number in range(8):
        held = due + timedelta(days=chance.choice((-20, -1, 0, 0, 0, 1)))
        if held > (ended or REFERENCE_DATE) or held <= last or chance.random() < 0.1:
            return
        records["ssd_cp_reviews"].append(
            {
                "cppr_cp_review_id": f"{plan}/v{number}",
                "cppr_person_id": child,
                "cppr_cp_plan_id": plan,
                "cppr_cp_review_date": held,
                "cppr_cp_review_participation": code(chance, codes.PARTICIPATION),
            }
        )
        last, due = held, add_months(held, 6)


def add_looked_after(chance: Random, records: Records, child: str) -> None:
    if chance.random() < 0.4:
        started = some_day(chance)
        records["ssd_cla_episodes"].append(
            {
                "clae_cla_episode_id": f"{child}/l",
                "clae_person_id": child,
                "clae_cla_episode_start_date": started,
                "clae_cla_episode_ceased_date": later_day(chance, started),
                "clae_short_breaks_only": chance.choice((None, False, True)),
            }
        )


def add_early_and_police(chance: Random, records: Records, child: str) -> None:
    if chance.random() < 0.4:
        records["caf"].append(
            {
                "caf_assessment_id": f"{child}/f",
                "caf_person_id": child,
                "caf_completed_date": some_day(chance),
                "caf_agency": code(chance, codes.AGENCY),
                "caf_level": code(chance, codes.NEED_LEVEL),
            }
        )
    for number in range(chance.choice((0, 0, 1, 2))):
        records["police_protection"].append(
            {
                "polp_protection_id": f"{child}/o{number}",
                "polp_person_id": child,
                "polp_family_id": chance.choice(("family0", "family1", "family2", child)),
                "polp_start_date": some_day(chance),
                "polp_became_looked_after": yes_no(chance),
            }
        )


def add_area_events(chance: Random, records: Records, number: str) -> None:
    records["domestic_violence_screening"].append(
        {
            "dvsc_screening_id": f"screening{number}",
            "dvsc_screening_date": some_day(chance),
            "dvsc_level": code(chance, codes.NEED_LEVEL),
            "dvsc_needs_investigation": yes_no(chance),
        }
    )
    started = some_day(chance)
    ended = later_day(chance, started)
    records["mappa_case"].append(
        {
            "mapp_case_id": f"case{number}",
            "mapp_start_date": started,
            "mapp_end_date": ended,
            "mapp_level": code(chance, codes.MAPPA_LEVEL, 0),
            "mapp_risk_to_children": yes_no(chance),
            "mapp_serious_further_offence_date": maybe(chance, some_day(chance, started), 0.7),
        }
    )
