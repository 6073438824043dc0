"""Reads of the register. Each starts from who looks: what the policy does not let them see is not there."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from safeboard.foundation.access.models import Seat, User
from safeboard.foundation.access.policy import closed_by_restriction, visible
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module, Reach, Sensitivity
from safeboard.foundation.agencies.models import Agency
from safeboard.tools.actions.codes import Risk, Status
from safeboard.tools.actions.models import ActionItem, DueDateChange, Evidence, Recommendation, Source, Theme
from safeboard.tools.actions.rules import Facts, Slipped, slipped

NOT_SEEN = "A source you may not open"


def today(viewer: Viewer) -> date:
    """The day on which the viewer looks."""
    return timezone.localdate(viewer.at)


def actions(viewer: Viewer, action: Action = Action.FIND) -> QuerySet[ActionItem]:
    """The actions on which the viewer may do something, each with its `status` and `source_title`."""
    rows = visible(ActionItem.objects.all(), viewer, action).select_related("agency", "owner", "source")
    return rows.annotate(status=status_on(today(viewer)), source_title=source_title(viewer))


def for_register(viewer: Viewer, action: Action = Action.FIND) -> QuerySet[ActionItem]:
    """The same with all that the register's columns show, in one query."""
    of_this = {"actionitem_id": OuterRef("pk")}
    names = ActionItem.contributing.through.objects.filter(**of_this).order_by("agency__name").values("agency__name")
    tags = ActionItem.themes.through.objects.filter(**of_this).order_by("theme__name").values("theme__name")
    moved = DueDateChange.objects.filter(action=OuterRef("pk")).values("reason")[:1]
    return actions(viewer, action).annotate(
        seen_on=Value(today(viewer), output_field=DateField()),
        contributing_names=ArraySubquery(names),
        theme_names=ArraySubquery(tags),
        moved_because=Subquery(moved),
        rec_number=Case(When(_source_is_seen(viewer), then=F("recommendation__number")), default=None),
        rec_words=Case(
            When(_source_is_seen(viewer), then=F("recommendation__words")), default=Value(""), output_field=CharField()
        ),
    )


def to_change(viewer: Viewer) -> QuerySet[Any]:
    """As for a page, with the keys of the agencies that contribute and of the themes: what its form begins with."""
    of_this = {"actionitem_id": OuterRef("pk")}
    return for_page(viewer).annotate(
        contributing_keys=ArraySubquery(ActionItem.contributing.through.objects.filter(**of_this).values("agency")),
        theme_keys=ArraySubquery(ActionItem.themes.through.objects.filter(**of_this).values("theme")),
    )


def for_page(viewer: Viewer) -> QuerySet[ActionItem]:
    """The actions that the viewer may open, with all that the page of one needs and what they may do there."""

    def allowed(action: Action) -> Exists:
        return Exists(visible(ActionItem.objects.all(), viewer, action).filter(pk=OuterRef("pk")))

    openable = visible(Source.objects.all(), viewer, Action.OPEN).filter(pk=OuterRef("source_id"))
    rows = for_register(viewer, Action.OPEN).select_related(
        "agency", "owner", "source", "made_by", "closed_by", "verified_by", "impact_checked_by"
    )
    return rows.annotate(
        viewer_changes=allowed(Action.CHANGE), viewer_verifies=allowed(Action.VERIFY), source_opens=Exists(openable)
    )


def status_on(on: date) -> Case:
    """`rules.status` as the database works it out, for lists and filters. A test holds the two together."""
    given = Exists(Evidence.objects.filter(action=OuterRef("pk")))
    steps = (
        (Q(impact_checked_on__isnull=False), Status.IMPACT_CHECKED),
        (Q(verified_on__isnull=False), Status.VERIFIED),
        (Q(closed_on__isnull=False), Status.CLOSED),
        (Q(due_on__lt=on), Status.OVERDUE),
        (given, Status.EVIDENCE_GIVEN),
    )
    return Case(
        *(When(condition, then=Value(str(then))) for condition, then in steps),
        default=Value(str(Status.OPEN)),
        output_field=CharField(),
    )


def source_title(viewer: Viewer) -> Case:
    """The title of an action's source, for those who may open so sensitive a source; for others that there is one."""
    return Case(
        When(_source_is_seen(viewer), then=F("source__title")),
        default=Value(NOT_SEEN),
        output_field=CharField(),
    )


def _source_is_seen(viewer: Viewer) -> Q:
    """Whether an action's source may be told to those who see the action: not too sensitive, and not closed to them."""
    closed = closed_by_restriction(Source.objects.filter(pk=OuterRef("source_id")), viewer, Action.OPEN)
    return Q(source__sensitivity__lte=_level(viewer)) & ~Q(Exists(closed))


def _level(viewer: Viewer) -> int:
    return max((grant.up_to for grant in viewer.role.granted(Module.ACTIONS, Action.OPEN)), default=-1)


def sources(viewer: Viewer, action: Action = Action.FIND) -> QuerySet[Source]:
    """The sources on which the viewer may do something, with how many actions that they may find come from each."""
    found = visible(ActionItem.objects.all(), viewer, Action.FIND).filter(source=OuterRef("pk"))
    recommended = Recommendation.objects.filter(source=OuterRef("pk"))
    return (
        visible(Source.objects.all(), viewer, action)
        .select_related("agency")
        .annotate(
            recommended=_number_of(recommended),
            acted=_number_of(found),
            still_open=_number_of(found.filter(closed_on=None)),
        )
    )


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("source").annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted), 0)


def searched_sources(rows: QuerySet[Source], words: str) -> QuerySet[Source]:
    """Those with every word in their title."""
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return rows


def recommendations(viewer: Viewer, source: Source) -> QuerySet[Recommendation]:
    """What a source recommends, with how many actions that the viewer may find answer each."""
    found = visible(ActionItem.objects.all(), viewer, Action.FIND)
    rows = visible(source.recommendations.all(), viewer, Action.OPEN)
    return rows.annotate(answered=Count("actions", filter=Q(actions__in=found))).order_by("number")


def searched(rows: QuerySet[ActionItem], words: str) -> QuerySet[ActionItem]:
    """Those with every word in what is to be done or in its details, or with the number asked for.

    Not in the source's title: it may be hidden from whoever searches.
    """
    number = words.strip().removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 10:
        return rows.filter(number=int(number))
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(words__icontains=word))
    return rows


def facts_of(action: ActionItem, evidence_by: frozenset[int]) -> Facts:
    """The facts from which an action's status follows."""
    return Facts(
        first_due_on=action.first_due_on,
        due_on=action.due_on,
        risk=Risk(action.risk),
        owner=action.owner_id,
        evidence_by=evidence_by,
        closed_on=action.closed_on,
        closed_by=action.closed_by_id,
        verified_on=action.verified_on,
        impact_checked_on=action.impact_checked_on,
    )


def facts(action: ActionItem) -> Facts:
    """The same, read from the database with who gave evidence."""
    return facts_of(action, frozenset(action.evidences.values_list("by_id", flat=True)))


def themes(viewer: Viewer) -> QuerySet[Theme]:
    """The themes of the viewer's areas, to choose from: words of the register, not records."""
    if not viewer.may(Module.ACTIONS, Action.FIND):
        return Theme.objects.none()
    return Theme.objects.filter(area__in=viewer.areas(Module.ACTIONS))


def agencies(viewer: Viewer) -> QuerySet[Agency]:
    """The running agencies of the viewer's areas, to choose from."""
    if not viewer.may(Module.ACTIONS, Action.FIND):
        return Agency.objects.none()
    return Agency.objects.filter(area__in=viewer.areas(Module.ACTIONS), ended_on=None)


def may_lead(viewer: Viewer) -> QuerySet[Agency]:
    """The agencies to which the viewer may give the lead: all of the areas, or their own."""
    reaches = _writing_reaches(viewer)
    return agencies(viewer) if Reach.AREA in reaches else agencies(viewer).filter(pk=viewer.seat.agency_id)


def _writing_reaches(viewer: Viewer) -> set[Reach]:
    granted = viewer.role.granted
    return {grant.reach for act in (Action.ADD, Action.CHANGE) for grant in granted(Module.ACTIONS, act)}


def filter_choices(viewer: Viewer) -> Mapping[str, list[tuple[str, str]]]:
    """What the register can be narrowed to, in one question: `agency`, `owner` and `theme` as (key, name)."""
    owners = visible(ActionItem.objects.all(), viewer, Action.FIND).exclude(owner=None).order_by()
    agency = agencies(viewer).order_by().values_list(Value("agency"), "pk", "name")
    theme = themes(viewer).order_by().values_list(Value("theme"), "pk", "name")
    owner = owners.values_list(Value("owner"), "owner_id", "owner__name")
    choices: dict[str, list[tuple[str, str]]] = {"agency": [], "owner": [], "theme": []}
    for kind, key, name in sorted(agency.union(theme, owner), key=lambda row: (row[2].casefold(), row[1])):
        choices[kind].append((str(key), name))
    return choices


def may_own(viewer: Viewer) -> QuerySet[User]:
    """Who may be given an action: those with a seat today, in the area or, by an agency's reach, in the agency."""
    on = today(viewer)
    reaches = _writing_reaches(viewer)
    seats = Seat.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
    if Reach.AREA in reaches:
        seats = seats.filter(agency__area__in=viewer.areas(Module.ACTIONS))
    elif Reach.AGENCY in reaches:
        seats = seats.filter(agency=viewer.seat.agency_id)
    else:
        seats = seats.filter(user=viewer.user)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("name", "pk")


def with_agency(users: QuerySet[User], viewer: Viewer) -> QuerySet[User]:
    """Users with the name of the agency in which they sit today, as `works_at`: a name alone may be another's, too."""
    on = today(viewer)
    seats = Seat.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, user=OuterRef("pk"))
    return users.annotate(works_at=Subquery(seats.order_by("pk").values("agency__name")[:1]))


def levels(viewer: Viewer) -> list[tuple[int, str]]:
    """The sensitivities that the viewer may give to what they add or change."""
    grants = viewer.role.granted(Module.ACTIONS, Action.ADD) + viewer.role.granted(Module.ACTIONS, Action.CHANGE)
    highest = max((grant.up_to for grant in grants), default=-1)
    return [(level.value, level.label) for level in Sensitivity if level <= highest]


def own_open(viewer: Viewer) -> QuerySet[ActionItem]:
    """The viewer's own actions that are not closed, the first due first."""
    return actions(viewer, Action.OPEN).filter(owner=viewer.user, closed_on=None).order_by("due_on", "number")


def to_verify(viewer: Viewer) -> QuerySet[ActionItem]:
    """Closed actions of high risk that wait for somebody like the viewer to verify them."""
    waiting = actions(viewer, Action.VERIFY).filter(closed_on__isnull=False, verified_on=None, risk=Risk.HIGH)
    own = Q(owner=viewer.user) | Q(closed_by=viewer.user)
    given = Exists(Evidence.objects.filter(action=OuterRef("pk"), by=viewer.user))
    return waiting.exclude(pk__in=ActionItem.objects.filter(own)).exclude(given).order_by("closed_on", "number")


def slippage_by_agency(viewer: Viewer) -> Sequence[tuple[Agency, Slipped]]:
    """How far the actions that each agency leads have slipped, the one with most overdue first."""
    given = ArraySubquery(Evidence.objects.filter(action=OuterRef("pk")).values("by"))
    rows = visible(ActionItem.objects.all(), viewer, Action.FIND).select_related("agency")
    rows = rows.annotate(evidence_by=given).order_by("agency__name", "agency_id")
    grouped = [
        (agency, slipped([facts_of(row, frozenset(row.evidence_by)) for row in group], today(viewer)))
        for agency, group in groupby(rows, key=lambda row: row.agency)
    ]
    return sorted(grouped, key=lambda pair: (-pair[1].overdue, -pair[1].longest, pair[0].name))


def counted_by_theme(viewer: Viewer) -> Sequence[Mapping[str, object]]:
    """Each theme with its actions that the viewer may find: all, open and overdue, and the kinds of source."""
    found = visible(ActionItem.objects.all(), viewer, Action.FIND)
    counted = Q(actions__in=found)
    still = counted & Q(actions__closed_on=None)
    rows = themes(viewer).annotate(
        counted=Count("actions", filter=counted, distinct=True),
        open=Count("actions", filter=still, distinct=True),
        overdue=Count("actions", filter=still & Q(actions__due_on__lt=today(viewer)), distinct=True),
        kinds=ArrayAgg("actions__source__kind", filter=counted, distinct=True, default=Value([])),
    )
    return list(rows.order_by("-counted", "name").values("pk", "name", "counted", "open", "overdue", "kinds"))
