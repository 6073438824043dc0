"""Who the children with an open plan are, the slow way."""

from safeboard.figures.tables import codes
from tests.twins.children import age_band, person
from tests.twins.days import Year, completed_years, words
from tests.twins.plain import Counted
from tests.twins.plans import looked_after_at_end, one, open_at_end
from tests.twins.random_records import Records, Row


def with_child(records: Records, year: Year) -> list[tuple[Row, Row]]:
    return [(row, person(records, row["cppl_person_id"])) for row in open_at_end(records, year)]


def by_category(records: Records, year: Year, column: str) -> list[Counted]:
    return [
        one(row, row[column] is not None, category=words(codes.ABUSE, row[column]))
        for row in open_at_end(records, year)
    ]


def plans_open_category_latest(records: Records, year: Year) -> list[Counted]:
    return by_category(records, year, "cppl_cp_plan_latest_category")


def plans_open_category_initial(records: Records, year: Year) -> list[Counted]:
    return by_category(records, year, "cppl_cp_plan_initial_category")


def plans_open_age(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, age_band(child, year.last) is not None, age=age_band(child, year.last))
        for row, child in with_child(records, year)
    ]


def plans_open_under_10(records: Records, year: Year) -> list[Counted]:
    def under(child: Row) -> bool:
        born = child["pers_dob"]
        return born is None or born > year.last or completed_years(born, year.last) < 10

    return [one(row, under(child)) for row, child in with_child(records, year) if age_band(child, year.last)]


def plans_open_sex(records: Records, year: Year) -> list[Counted]:
    return [
        one(row, child["pers_sex"] in ("M", "F"), sex=words(codes.SEX, child["pers_sex"]))
        for row, child in with_child(records, year)
    ]


def ethnic_group(child: Row) -> str | None:
    """By the first letter of the code, but for Chinese and other, which the department puts together."""
    code = child["pers_ethnicity"]
    if code in (None, "REFU", "NOBT"):
        return None
    if code in ("CHNE", "OOTH"):
        return "other ethnic groups"
    return {"W": "White", "M": "Mixed", "A": "Asian or Asian British", "B": "Black or Black British"}[code[0]]


def plans_open_ethnicity_recorded(records: Records, year: Year) -> list[Counted]:
    return [one(row, ethnic_group(child) is not None) for row, child in with_child(records, year)]


def known(records: Records, year: Year) -> list[tuple[Row, Row]]:
    return [(row, child) for row, child in with_child(records, year) if ethnic_group(child)]


def plans_open_ethnicity(records: Records, year: Year) -> list[Counted]:
    return [one(row, ethnicity=ethnic_group(child)) for row, child in known(records, year)]


def plans_open_minority_ethnic(records: Records, year: Year) -> list[Counted]:
    return [one(row, child["pers_ethnicity"] != "WBRI") for row, child in known(records, year)]


def plans_open_minority_ethnic_not_white(records: Records, year: Year) -> list[Counted]:
    return [one(row, ethnic_group(child) != "White") for row, child in known(records, year)]


def plans_open_disability(records: Records, year: Year) -> list[Counted]:
    found = []
    for row in open_at_end(records, year):
        told = {
            each["disa_disability_code"]
            for each in records["ssd_disability"]
            if each["disa_person_id"] == row["cppl_person_id"]
        }
        disabilities = told - {"NONE"}
        for code in disabilities or told:
            found.append(one(row, bool(disabilities), disability=words(codes.DISABILITY, code)))
    return found


def plans_looked_after(records: Records, year: Year) -> list[Counted]:
    return [one(row, looked_after_at_end(records, row["cppl_person_id"], year)) for row in open_at_end(records, year)]
