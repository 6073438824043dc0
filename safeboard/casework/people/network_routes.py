"""Lines of a family picture: none through a symbol or a label, and no two along each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from uuid import UUID

from safeboard.casework.people.codes import RelationshipKind as Kind
from safeboard.casework.people.network import Network, Tie
from safeboard.casework.people.network_order import APART, PITCH, Standing, Union

SYMBOL: Final = 44.0
FIRST_TRACK: Final = 26.0
TRACK: Final = 13.0
ENTRY: Final = 40.0
SLOTS: Final = (0.0, -12.0, 12.0, -19.0, 19.0)
"""Where lines enter and leave a symbol's width, so that several do not lie on each other."""

WORDS: Final = {
    Kind.ADOPTIVE_PARENT: "adopted",
    Kind.STEP_PARENT: "step",
    Kind.FOSTER_CARER: "foster",
    Kind.SPECIAL_GUARDIAN: "guardian",
    Kind.GRANDPARENT: "grandparent",
    Kind.AUNT_OR_UNCLE: "aunt, uncle",
    Kind.CARER: "carer",
    Kind.SIBLING: "sibling",
    Kind.HALF_SIBLING: "half-sibling",
    Kind.STEP_SIBLING: "step-sibling",
    Kind.COUSIN: "cousin",
    Kind.OTHER_RELATIVE: "relative",
    Kind.FRIEND: "friend",
}
"""What stands beside a line that is neither of birth nor of a couple."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Top of the symbols and foot of the longest label of each row, and the height of every track."""

    top: Mapping[int, float]
    bottom: Mapping[int, float]
    track: Sequence[float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its path, how it looks, and the ties it tells of."""

    path: str
    look: str
    ties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside a line."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class _Height:
    """A height that is known once all tracks are: of a row's symbols, of somebody's label, or of a track."""

    of: str
    which: int | UUID
    more: float = 0.0


@dataclass(frozen=True, slots=True)
class _Track:
    """A stretch across below a row. Zone 0 lies above zone 1: couples above the lines to their children."""

    row: int
    zone: int
    left: float
    right: float


Point = tuple[float, _Height]


class Routes:
    """All lines of a picture. First gathered with heights still open, then given their tracks."""

    def __init__(self, network: Network, standing: Standing, depth: Mapping[UUID, float]) -> None:
        self.network, self.standing, self.depth = network, standing, depth
        self._tracks: list[_Track] = []
        self._wires: list[tuple[list[Point], str, tuple[Tie, ...]]] = []
        self._words: list[tuple[float, _Height, str, str]] = []
        self._entered: dict[UUID, int] = {}
        self._left: dict[UUID, int] = {}
        self._uprights: dict[int, list[tuple[float, int]]] = {}
        drawn = set()
        self._entries = {id(union): self._enter(union) for union in standing.unions}
        for union in standing.unions:
            self._union(union)
            drawn |= {tie.number for tie in union.couple}
            drawn |= {tie.number for ties in union.ties.values() for tie in ties}
        for tie in network.ties:
            if tie.number not in drawn:
                self._other(tie)

    def _x(self, key: UUID) -> float:
        return self.standing.x[key]

    def _row(self, key: UUID) -> int:
        return self.standing.level[key]

    # Where lines meet people

    def _enter(self, union: Union) -> dict[UUID, float]:
        places = {}
        for child in union.children:
            places[child] = self._entry(child)
            self._uprights.setdefault(self._row(child) - 1, []).append((places[child], id(union)))
        return places

    def _entry(self, key: UUID) -> float:
        slot = self._entered.get(key, 0)
        self._entered[key] = slot + 1
        return self._x(key) + SLOTS[slot % len(SLOTS)]

    def _exit(self, key: UUID) -> float:
        slot = self._left.get(key, 0)
        self._left[key] = slot + 1
        return self._x(key) + SLOTS[slot % len(SLOTS)]

    def _upright(self, rows: Iterable[int], x: float, name: int) -> float:
        """A place for a vertical line that runs below these rows, beside the verticals of other unions."""
        gaps = [self._uprights.setdefault(row, []) for row in rows]
        for step in (0, 5, -5, 10, -10, 15, -15, 20, -20, 25, -25):
            if all(abs(x + step - other) > 4 or whose == name for gap in gaps for other, whose in gap):
                x += step
                break
        for gap in gaps:
            gap.append((x, name))
        return x

    def _track(self, row: int, zone: int, *xs: float) -> _Height:
        self._tracks.append(_Track(row, zone, min(xs), max(xs)))
        return _Height("track", len(self._tracks) - 1)

    # Unions

    def _union(self, union: Union) -> None:
        row = self._row(union.parents[0])
        if union.care:
            start = self._caring(union, row)
        else:
            start = self._between(union, row) if len(union.parents) == 2 else self._single(union, row)
        if not union.children:
            return
        entries = self._entries[id(union)]
        look = "care" if union.care else "birth"
        if len(entries) == 1 and abs(next(iter(entries.values())) - start[0]) < 1:
            bar = start[1]
        else:
            bar = self._track(row, 1, start[0], *entries.values())
        ties = tuple(tie for child in entries for tie in union.ties[child])
        self._wire([start, (start[0], bar)], look, ties)
        self._wire([(end([start[0], *entries.values()]), bar) for end in (min, max)], look, ties)
        for child, x in entries.items():
            self._wire([(x, bar), (x, _Height("top", row + 1))], look, union.ties[child])
            self._word(x, self._x(child), _Height("top", row + 1, -6), union.ties[child])

    def _single(self, union: Union, row: int) -> Point:
        parent = union.parents[0]
        return (self._upright([row], self._exit(parent), id(union)), _Height("foot", parent))

    def _caring(self, union: Union, row: int) -> Point:
        """Where a couple's foster children hang from: beside the children of their own. Else from one of them."""
        if len(union.parents) == 2 and self._neighbours(*union.parents):
            middle = sum(self._x(key) for key in union.parents) / 2
            return (self._upright([row], middle, id(union)), _Height("middle", row))
        return self._single(union, row)

    def _between(self, union: Union, row: int) -> Point:
        """The line of a couple, or of two who have children together, and where their children hang from."""
        one, other = sorted(union.parents, key=self._x)
        look = "couple" if union.couple else "parents"
        middle = (self._x(one) + self._x(other)) / 2
        beside = self._x(other) - self._x(one) < PITCH + APART + 1 and self._neighbours(one, other)
        if beside:
            height = _Height("middle", row)
            self._wire([(self._x(one) + SYMBOL / 2, height), (self._x(other) - SYMBOL / 2, height)], look, union.couple)
            drop = self._upright([row], middle, id(union)) if union.children else middle
            word = _Height("middle", row, -5)
        else:
            left, right = self._exit(one), self._exit(other)
            height = self._track(row, 0, left, right)
            foot = [(left, _Height("foot", one)), (left, height), (right, height), (right, _Height("foot", other))]
            self._wire(foot, look, union.couple)
            drop = self._upright([row], middle, id(union)) if union.children else middle
            word = height
        if union.couple and not all(tie.confirmed for tie in union.couple):
            self._words.append((middle, word, "?", "middle"))
        return (drop, height)

    def _neighbours(self, one: UUID, other: UUID) -> bool:
        row = next(row for row in self.standing.rows if one in row)
        return abs(row.index(one) - row.index(other)) == 1

    # Everything else: from one to the other, round all labels

    def _other(self, tie: Tie) -> None:
        upper, lower = sorted((tie.first, tie.second), key=lambda key: (self._row(key), self._x(key)))
        row = self._row(upper)
        left = self._exit(upper)
        if row == self._row(lower):
            right = self._exit(lower)
            track = self._track(row, 0, left, right)
            points = [(left, _Height("foot", upper)), (left, track), (right, track), (right, _Height("foot", lower))]
            self._wire(points, "other", (tie,))
            self._words.append(((left + right) / 2, track, self._said(tie), "middle"))
            return
        entry, last = self._entry(lower), self._row(lower) - 1
        channel = self._channel(entry, range(row + 1, last + 1)) if last > row else entry
        channel = self._upright(range(row, last + 1), channel, tie.number)
        track = self._track(row, 0, left, channel)
        points = [(left, _Height("foot", upper)), (left, track), (channel, track)]
        if abs(channel - entry) > 0.5:
            turn = self._track(last, 1, channel, entry)
            points += [(channel, turn), (entry, turn)]
        self._wire([*points, (entry, _Height("top", last + 1))], "other", (tie,))
        self._word(entry, self._x(lower), _Height("top", last + 1, -6), (tie,))

    def _channel(self, x: float, rows: range) -> float:
        """The nearest place where a vertical line passes between the labels of rows."""
        taken = sorted(self._x(key) for key, row in self.standing.level.items() if row in rows)
        half = PITCH / 2
        free = [x, *(each + side * half for each in taken for side in (-1, 1))]
        clear = [each for each in free if all(abs(each - other) >= half - 1 for other in taken)]
        return min(clear, key=lambda each: (abs(each - x), each))

    # Words and looks

    def _said(self, tie: Tie) -> str:
        said = WORDS.get(tie.kind, "parent" if tie.parental else "")
        said = said or ("couple" if tie.couple else "")
        return f"{said}{'' if tie.confirmed else '?'}"

    def _word(self, x: float, middle: float, height: _Height, ties: Sequence[Tie]) -> None:
        said = sorted({WORDS.get(tie.kind, "") for tie in ties} - {""})
        text = ", ".join(said) + ("" if all(tie.confirmed for tie in ties) else "?")
        if text:
            self._words.append((x - 3 if x < middle else x + 3, height, text, "end" if x < middle else "start"))

    def _wire(self, points: list[Point], look: str, ties: tuple[Tie, ...]) -> None:
        over = bool(ties) and all(tie.ended for tie in ties)
        self._wires.append((points, f"{look} ended" if over else look, ties))

    # Heights

    def rows(self) -> Rows:
        """Give every stretch its own height: stretches that would lie on each other go below each other."""
        place, used = self._places()
        top, bottom, y = {}, {}, 0.0
        first: dict[int, float] = {}
        last = max(self.standing.level.values())
        for row in range(min(self.standing.level.values()), last + 1):
            here = [self.depth[key] for key, level in self.standing.level.items() if level == row]
            top[row] = y
            bottom[row] = first[row] = y + max(here, default=SYMBOL)
            count = used.get((row, 0), 0) + used.get((row, 1), 0)
            y = bottom[row] + FIRST_TRACK + TRACK * count + ENTRY
        tracks = []
        for number, track in enumerate(self._tracks):
            above = used.get((track.row, 0), 0) if track.zone else 0
            tracks.append(first[track.row] + FIRST_TRACK + TRACK * (place[number] + above))
        return Rows(top, self._feet(bottom, used), tracks)

    def _feet(self, bottom: Mapping[int, float], used: Mapping[tuple[int, int], int]) -> Mapping[int, float]:
        """The foot of a picture's last row lies below the lines that run under it."""
        last = max(bottom)
        return {**bottom, last: bottom[last] + TRACK * used.get((last, 0), 0)}

    def _places(self) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
        place: dict[int, int] = {}
        used: dict[tuple[int, int], int] = {}
        ends: dict[tuple[int, int], list[float]] = {}
        for number in sorted(range(len(self._tracks)), key=lambda each: (self._tracks[each].left, each)):
            track = self._tracks[number]
            free = ends.setdefault((track.row, track.zone), [])
            level = next((level for level, right in enumerate(free) if right + 8 < track.left), len(free))
            if level == len(free):
                free.append(track.right)
            free[level] = track.right
            place[number] = level
            used[(track.row, track.zone)] = len(free)
        return place, used

    def lines(self, rows: Rows) -> list[Line]:
        return [
            Line(_path([(x, self._height(height, rows)) for x, height in points]), look, tuple(t.number for t in ties))
            for points, look, ties in self._wires
        ]

    def marks(self, rows: Rows) -> list[Mark]:
        """The words beside the lines; those on a stretch across stand just above it."""
        over = {"track": 3}
        return [
            Mark(x, self._height(height, rows) - over.get(height.of, 0), text, anchor)
            for x, height, text, anchor in self._words
        ]

    def _height(self, height: _Height, rows: Rows) -> float:
        which = height.which
        if isinstance(which, UUID):
            return rows.top[self._row(which)] + self.depth[which] + height.more
        match height.of:
            case "top":
                return rows.top[which] + height.more
            case "middle":
                return rows.top[which] + SYMBOL / 2 + height.more
        return rows.track[which] + height.more


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(_steps(points))


def _steps(points: Sequence[tuple[float, float]]) -> Iterator[str]:
    before: tuple[float, float] | None = None
    for point in points:
        if point != before:
            yield f"{'L' if before else 'M'}{point[0]:g} {point[1]:g}"
        before = point


def crosses(path: str, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a path of upright and level stretches runs through a rectangle."""
    points = [tuple(map(float, step[1:].split())) for step in path.replace(" L", ";L").split(";")]
    return any(
        max(x1, x2) > left and min(x1, x2) < right and max(y1, y2) > top and min(y1, y2) < bottom
        for (x1, y1), (x2, y2) in pairwise(points)
    )
