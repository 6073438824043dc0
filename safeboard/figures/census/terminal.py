"""The check in a terminal: what was read, what was found by rule, and what to do next."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from safeboard.figures.census.comparing import Comparison
from safeboard.figures.census.findings import CheckResult, Status
from safeboard.figures.census.rule import Severity


def print_summary(result: CheckResult, console: Console, comparison: Comparison | None = None) -> None:
    """Prints the result, a line a rule that found something; with a comparison also what changed since."""
    year = f"census {result.by_whose_rules}" if result.year else "census year not known"
    console.print(Text(f"{result.file}, {year}: {result.children:,} children, {result.episodes:,} episodes."))
    if result.findings:
        console.print(_found(result))
    for outcome in result.failed[:1] if not result.year else result.failed:
        console.print(Text(f"Rule {outcome.code} failed: {outcome.reason}.", style="bold red"))
    console.print(Text(_verdict(result)))
    if comparison:
        console.print(
            Text(
                f"Since the earlier check: {len(comparison.cleared):,} cleared, {len(comparison.still):,} still there, "
                f"{len(comparison.new):,} new."
            )
        )


def _found(result: CheckResult) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("Rule", "Severity", "Found", "What"):
        table.add_column(head, justify="right" if head == "Found" else "left")
    for outcome in result.outcomes:
        if outcome.found:
            style = "red" if outcome.severity is Severity.ERROR else "yellow"
            found = Text(f"{outcome.found:,}", style=style)
            table.add_row(Text(outcome.code), Text(outcome.severity.value, style=style), found, Text(outcome.title))
    return table


def _verdict(result: CheckResult) -> str:
    ran = sum(outcome.status in (Status.FOUND, Status.CLEAR) for outcome in result.outcomes)
    told = f"{ran} rules ran, {len(result.failed)} failed."
    if result.failed:
        return f"{told} This check is not whole: do not rely on what it did not find."
    if not result.findings:
        return f"{told} Nothing was found."
    errors, queries = result.of(Severity.ERROR), result.of(Severity.QUERY)
    answered = f", {len(result.answers):,} of them answered" if result.answers else ""
    return f"{told} To put right: {errors:,}. To put right or answer with a reason: {queries:,}{answered}."
