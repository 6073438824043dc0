"""The forms of this room."""

from collections.abc import Iterable
from typing import Any

from django import forms

from safeboard.foundation.access.roles import Role
from safeboard.foundation.administering.rules import SHAREABLE
from safeboard.foundation.agencies.kinds import AgencyKind
from safeboard.foundation.agencies.models import Agency, BoardArea, Team
from safeboard.foundation.pages.fields import DayField


class AgencyForm(forms.Form):
    """An agency of the area."""

    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=AgencyKind.choices, help_text="It decides which roles it may hold.")


class ChangeAgencyForm(AgencyForm):
    """The same, and its end."""

    ended_on = DayField(label="Its last day, where it is no more", required=False)


class TeamForm(forms.Form):
    """A team."""

    name = forms.CharField(label="Name of the team", max_length=200)


class SiteForm(forms.Form):
    """A place where an agency works."""

    name = forms.CharField(label="Name of the site", max_length=200)
    address = forms.CharField(label="Address", max_length=300, required=False)


class SeatForm(forms.Form):
    """A seat for somebody who has an account."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    team = forms.ChoiceField(label="Team", required=False)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False, help_text="Leave empty while it goes on.")

    def __init__(self, *args: Any, roles: Iterable[Role], teams: Iterable[Team], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["role"].choices = [(role.key, f"{role.title}: {role.plain}") for role in roles]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "None"), *((str(team.pk), team.name) for team in teams)]  # type: ignore[attr-defined]


class ChooseAgencyForm(forms.Form):
    """At which agency."""

    agency = forms.ChoiceField(label="At which agency?")

    def __init__(self, *args: Any, agencies: Iterable[Agency], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["agency"].choices = [("", "Choose"), *((str(each.pk), each.name) for each in agencies)]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why somebody is signed out everywhere."""

    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the audit trail. They are told that an administrator signed them out, not why.",
    )


class ProposalForm(forms.Form):
    """An arrangement proposed to other areas."""

    name = forms.CharField(
        label="Name of the arrangement", max_length=200, help_text="For example: Child death panel of three areas."
    )
    module = forms.ChoiceField(label="What is shared", choices=[(str(each), each.label) for each in SHAREABLE])
    areas = forms.MultipleChoiceField(label="With which areas", widget=forms.CheckboxSelectMultiple)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False, help_text="Leave empty while it goes on.")

    def __init__(self, *args: Any, areas: Iterable[BoardArea], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["areas"].choices = [(str(area.pk), area.name) for area in areas]  # type: ignore[attr-defined]
