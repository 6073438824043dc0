"""What a person is told when something cannot be used."""

import pytest

from safeboard.foundation.kernel.errors import BadInput, Gravity, Problem


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("It is empty.", "Give a census return."), "It is empty. Give a census return."),
        (Problem("It is empty.", ""), "It is empty."),
        (
            Problem("This is no date.", "Correct it.", file="a.xml", line=12, child="C1", element="CPPstartDate",
                    found="31/02/2009", expected="a day such as 2009-02-28"),
            "a.xml, line 12, child C1, CPPstartDate: This is no date. "
            "Found 31/02/2009; expected a day such as 2009-02-28. Correct it.",
        ),
        (Problem("A row is missing.", "Add it.", file="a.csv", line=0), "a.csv, line 0: A row is missing. Add it."),
        (Problem("No.", "Do.", expected="a name"), "No. Found nothing; expected a name. Do."),
        (Problem("No.", "Do.", found="x"), "No. Found x. Do."),
    ],
)  # fmt: skip
def test_a_problem_says_where_what_was_found_what_was_expected_and_what_to_do(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_bad_input_carries_every_problem_in_order() -> None:
    first, second = Problem("One.", "Do one."), Problem("Two.", "Do two.", gravity=Gravity.NOTED)
    bad = BadInput(problem for problem in (first, second))
    assert (bad.problems, str(bad)) == ((first, second), "One. Do one.\nTwo. Do two.")


def test_bad_input_takes_a_single_problem() -> None:
    problem = Problem("One.", "Do one.")
    assert BadInput(problem).problems == (problem,)


def test_a_problem_stops_the_work_unless_said_otherwise() -> None:
    assert Problem("One.", "Do one.").gravity is Gravity.STOPS
