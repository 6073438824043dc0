"""Small publications for tests: one-way and two-way tables with their totals, and ways to read what is hidden."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from safeboard.figures.disclosure.protection import protect
from safeboard.figures.disclosure.publication import CellKey, Equation, Publication, total_of

Table = tuple[dict[CellKey, int], list[Equation]]


def row(name: str, *values: int) -> Table:
    """Parts a, b, c ... and their total."""
    parts = {(name, "abcdefghij"[place]): value for place, value in enumerate(values)}
    return {**parts, (name, "total"): sum(values)}, [total_of((name, "total"), list(parts))]


def two_way(name: str, lines: Sequence[Sequence[int]]) -> Table:
    """Every cell, the totals of lines and columns, and the total of all."""
    cells = {(name, f"{i}{j}"): value for i, line in enumerate(lines) for j, value in enumerate(line)}
    high, wide = range(len(lines)), range(len(lines[0]))
    sums = [total_of((name, f"{i}+"), [(name, f"{i}{j}") for j in wide]) for i in high]
    sums += [total_of((name, f"+{j}"), [(name, f"{i}{j}") for i in high]) for j in wide]
    sums += [
        total_of((name, "++"), [(name, f"{i}+") for i in high]),
        total_of((name, "++"), [(name, f"+{j}") for j in wide]),
    ]
    for each in sums:
        cells[each.left[0]] = sum(cells[key] for key in each.right)
    return cells, sums


def published(threshold: int, *tables: Table, **more: object) -> Publication:
    cells: dict[CellKey, int] = {}
    for each, _ in tables:
        cells |= each
    return Publication(threshold, cells, tuple(sum_ for _, sums in tables for sum_ in sums), **more)  # type: ignore[arg-type]


def shown(publication: Publication) -> Mapping[CellKey, int | str]:
    """Every cell as it would be printed."""
    hidden = protect(publication).hidden
    return {key: "c" if key in hidden else value for key, value in publication.cells.items()}


COUNTS = st.one_of(st.integers(0, 9), st.sampled_from((1, 2, 5, 6, 20)))


@st.composite
def linked_publications(draw: st.DrawFn) -> Publication:
    """A two-way table with margins, a second table of the same total, and perhaps a third of one of its parts."""
    wide = draw(st.integers(2, 3))
    lines = draw(st.lists(st.lists(COUNTS, min_size=wide, max_size=wide), min_size=1, max_size=3))
    cells, sums = two_way("t", lines)
    whole = ("t", "++")
    for name, of in (("u", whole), ("v", ("u", "a"))):
        if draw(st.booleans()) and of in cells:
            cuts = sorted(draw(st.lists(st.integers(0, cells[of]), min_size=2, max_size=2)))
            parts, _ = row(name, cuts[0], cuts[1] - cuts[0], cells[of] - cuts[1])
            del parts[name, "total"]
            cells |= parts
            sums.append(total_of(of, list(parts)))
    return Publication(draw(st.sampled_from((2, 3, 5))), cells, tuple(sums))
