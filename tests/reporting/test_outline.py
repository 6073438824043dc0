from safeboard.figures.measures.catalogue import MEASURES
from safeboard.figures.reporting.outline import CHAPTERS, HEADLINES, OTHER, SHOWN_ELSEWHERE, Form, chapters_for


def test_every_measure_of_the_catalogue_is_in_exactly_one_chapter() -> None:
    placed = [measure for chapter in CHAPTERS for measure in chapter.measures]
    assert sorted(placed) == sorted(MEASURES)


def test_the_chapters_follow_section_22_and_then_go_on() -> None:
    assert [chapter.title for chapter in CHAPTERS] == [
        "From referral to plan",
        "Children with a child protection plan",
        "Second or subsequent plans",
        "Reviews held on time",
        "Ended plans and how long they lasted",
        "Category of abuse",
        "Issues at conference",
        "Age profile",
        "Ethnic origin",
        "Participation at conferences",
        "Children with a plan who are also looked after",
        "Police protection",
        "Domestic violence screenings",
        "Multi-agency public protection (MAPPA)",
        "More on referrals",
        "Assessments",
        "Section 47 enquiries and initial conferences",
        "Children in need",
        "Disability",
        "Common assessments",
    ]


def test_chapter_names_are_unique() -> None:
    assert len({chapter.id for chapter in CHAPTERS}) == len(CHAPTERS)


def test_every_headline_and_every_group_left_out_is_of_a_measure() -> None:
    assert set(HEADLINES) - set(MEASURES) == set()
    columns = {(measure.id, group.column) for measure in MEASURES.values() for group in measure.groups}
    assert SHOWN_ELSEWHERE - columns == set()


def test_a_form_drawn_from_groups_has_groups() -> None:
    drawn = {each for chapter in CHAPTERS for each, form in chapter.measures.items() if form is not Form.YEARS}
    without = {each for each in drawn if not MEASURES[each].groups}
    assert without == {each for chapter in CHAPTERS for each, f in chapter.measures.items() if f is Form.FUNNEL}


def test_a_chapter_without_its_measures_is_left_out_and_a_measure_without_a_chapter_is_not() -> None:
    chapters = chapters_for(["ni_65", "brand_new"])
    assert [(chapter.id, dict(chapter.measures)) for chapter in chapters] == [
        ("second-plans", {"ni_65": Form.YEARS}),
        (OTHER, {"brand_new": Form.YEARS}),
    ]
