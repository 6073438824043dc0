"""How to open each page of the house once: the walk in `test_walk.py` tries every one in a browser.

An area adds one line for each of its pages: the route's name, the role that opens it, and the keys in its address.
`keys` makes the records it needs in a synthetic house. A route that is no page to look at stands below with the reason.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from safeboard.casework.people.models import Identifier
from safeboard.figures.performance.codes import ReportState
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.pages.drafts import keep
from safeboard.foundation.signing_in.invitations import invite
from safeboard.foundation.signing_in.leavers import hold_against
from safeboard.foundation.signing_in.models import Invitation
from safeboard.tools.actions.asking import ask_for_news
from safeboard.tools.actions.loading import hold
from safeboard.tools.actions.models import ActionItem, ActionLoad, NewsAsked, OwnerChange
from safeboard.tools.actions.owner_change import hold_change
from safeboard.tools.actions.services import close, verify
from tests.actions.making import a_source, an_action, manager
from tests.actions.sheets import row, workbook
from tests.administering import making as kept
from tests.contacts.making import a_contact
from tests.house.confidential import a_record, a_restricted_record, a_restriction, an_opening
from tests.house.synthetic import House
from tests.matching.records import a_joined_pair, a_list, a_pair
from tests.people.families import ROWS, a_person, with_everything
from tests.performance.making import WRONG_PLANS, a_failed_upload, a_figure, a_report, a_snapshot, an_upload
from tests.watching import making as looks


@dataclass(frozen=True)
class Example:
    """One page: opened by whom ("" is nobody signed in), with which keys, and what the address asks besides."""

    role: str = ""
    keys: Callable[[House], Mapping[str, Any]] = lambda here: {}
    query: str = ""


def by(here: House, role: str) -> Viewer:
    """The viewer of a role at this moment, as the house's own clock has it."""
    return here.viewer(role, at=timezone.now())


def an_invitation(here: House) -> str:
    """The token of an invitation that is open."""
    invite(
        email="new@school.example",
        role="practitioner",
        agency=here.agencies["school"],
        by=by(here, "system_administrator"),
        address="http://house.example",
    )
    assert Invitation.objects.exists()
    return re.findall(r"/invitation/([^/\s]+)/", str(mail.outbox[-1].body))[0]


def a_leavers_list(here: House) -> Any:
    here.user("practitioner", "board", name="Leaver")
    made = hold_against(
        agency=here.agencies["board"], staff=frozenset({"a@b.example"}), by=by(here, "system_administrator")
    )
    return made.pk


def a_passkey(here: House) -> int:
    data = {"name": "A key", "credential": {}, "passwordless": False}
    return Authenticator.objects.create(user=here.user("chair"), type=Authenticator.Type.WEBAUTHN, data=data).pk


def a_sent_link(here: House) -> NewsAsked:
    """Somebody without an account asked about an action, who has not answered yet."""
    by = here.viewer("business_manager", at=timezone.now())
    action = an_action(here)
    ask_for_news(
        action=action,
        whom="Head teacher, North Primary School",
        email="head@school.example",
        question="Is it done?",
        last_day=timezone.localdate(by.at),
        by=by,
        address="http://testserver",
    )
    return NewsAsked.objects.get(action=action)


def a_closed_action(here: House) -> ActionItem:
    return close(action=an_action(here), words="Done.", by=manager(here), impact_due_on=date(2026, 11, 20))


def a_verified_action(here: House) -> ActionItem:
    return verify(action=a_closed_action(here), words="Looked.", by=here.viewer("chair"))


def a_load(here: House) -> ActionLoad:
    """A file with a row that is good and two that are not."""
    rows = (row(), row(ACTION="", RISK="Extreme"), row(ACTION="Another", AGENCY="Nobody"))
    return hold(content=workbook(*rows), name="actions.xlsx", by=manager(here))


def an_owner_change(here: House) -> OwnerChange:
    given = an_action(here)
    return hold_change(owner=given.owner, to=here.user("practitioner", "police"), by=manager(here))


def of_register(name: str, role: str, query: str = "all=1") -> dict[str, Example]:
    """The pages of a register: its list, its export and its views. `name` is the list's route."""
    return {
        name: Example(role, query=query),
        f"{name}-export": Example(role, query=query),
        f"{name}-views": Example(role, query=query),
    }


EXAMPLES: dict[str, Example] = {
    "home": Example("business_manager"),
    # Signing in: what needs a session half signed in is walked in tests/signing_in/test_browser.py.
    "account_login": Example(),
    "account_reset_password": Example(),
    "account_reset_password_done": Example(),
    "account_reset_password_from_key_done": Example(),
    "account_inactive": Example(),
    "account_logout": Example("chair"),
    "account_change_password": Example("chair"),
    "mfa_index": Example("chair"),
    "mfa_list_webauthn": Example("chair"),
    "signing_in:second-factor": Example("chair"),
    "signing_in:sessions": Example("chair", lambda here: here.client("chair") and {}),
    "signing_in:agencies": Example("system_administrator"),
    "signing_in:agency": Example("system_administrator", lambda here: {"pk": here.agencies["police"].pk}),
    "signing_in:invitations": Example("agency_administrator"),
    "signing_in:accept": Example("", lambda here: {"token": an_invitation(here)}),
    "signing_in:leavers": Example("system_administrator"),
    "signing_in:leavers-list": Example("system_administrator", lambda here: {"pk": a_leavers_list(here)}),
}


EXAMPLES |= {
    **of_register("actions:actions", "business_manager"),
    **of_register("actions:sources", "business_manager"),
    "actions:add": Example("business_manager"),
    "actions:slippage": Example("chair"),
    "actions:themes": Example("business_manager"),
    "actions:add-theme": Example("business_manager"),
    "actions:add-source": Example("business_manager"),
    "actions:source": Example("business_manager", lambda here: {"pk": a_source(here).pk}),
    "actions:add-to": Example("business_manager", lambda here: {"pk": a_source(here).pk}),
    "actions:name-record": Example("business_manager", lambda here: {"pk": a_source(here).pk}),
    "actions:add-recommendation": Example("business_manager", lambda here: {"pk": a_source(here).pk}),
    "actions:action": Example("business_manager", lambda here: {"pk": a_sent_link(here).action_id}),
    "actions:change": Example("business_manager", lambda here: {"pk": an_action(here).pk}),
    "actions:move": Example("business_manager", lambda here: {"pk": an_action(here).pk}),
    "actions:note": Example("business_manager", lambda here: {"pk": an_action(here).pk}),
    "actions:ask": Example("business_manager", lambda here: {"pk": an_action(here).pk}),
    "actions:withdraw-link": Example("business_manager", lambda here: {"pk": a_sent_link(here).pk}),
    "actions:give-evidence": Example("business_manager", lambda here: {"pk": an_action(here).pk}),
    "actions:close": Example("business_manager", lambda here: {"pk": an_action(here).pk}),
    "actions:verify": Example("chair", lambda here: {"pk": a_closed_action(here).pk}),
    "actions:check-impact": Example("chair", lambda here: {"pk": a_verified_action(here).pk}),
    "actions:loads": Example("business_manager"),
    "actions:load": Example("business_manager", lambda here: {"pk": a_load(here).pk}),
    "actions:load-problems-export": Example("business_manager", lambda here: {"pk": a_load(here).pk}),
    "actions:owner-changes": Example("business_manager"),
    "actions:owner-change": Example("business_manager", lambda here: {"pk": an_owner_change(here).pk}),
    "actions:reminders": Example("practitioner"),
    **of_register("contacts:contacts", "business_manager"),
    "contacts:add": Example("business_manager"),
    "contacts:contact": Example("board_member", lambda here: {"pk": a_contact(here).pk}),
    "contacts:change": Example("business_manager", lambda here: {"pk": a_contact(here, name="Night desk").pk}),
    "actions:reopen": Example("business_manager", lambda here: {"pk": a_closed_action(here).pk}),
}

EXAMPLES |= {
    **of_register("performance-uploads", "analyst"),
    **of_register("performance-problems", "analyst"),
    **of_register("performance-findings", "analyst"),
    **of_register("performance-snapshots", "analyst"),
    **of_register("performance-reports", "business_manager"),
    "performance-upload-add": Example("analyst"),
    "performance-upload": Example("analyst", lambda here: {"pk": an_upload(here, WRONG_PLANS).pk}),
    "performance-upload-again": Example("analyst", lambda here: {"pk": a_failed_upload(here).pk}),
    "performance-upload-load": Example("analyst", lambda here: {"pk": an_upload(here).pk}),
    "performance-upload-withdraw": Example("analyst", lambda here: {"pk": an_upload(here).pk}),
    "performance-measures": Example("chair", lambda here: a_snapshot(here) and {}),
    "performance-measure": Example("analyst", lambda here: {"key": a_figure(here).measure}),
    "performance-rows": Example("analyst", lambda here: {"pk": a_figure(here).pk}),
    "performance-snapshot": Example("chair", lambda here: {"pk": a_snapshot(here).pk}),
    "performance-freeze": Example("analyst"),
    "performance-snapshot-withdraw": Example("analyst", lambda here: {"pk": a_snapshot(here).pk}),
    "performance-prepare": Example("analyst", lambda here: {"pk": a_snapshot(here).pk}),
    "performance-report": Example("business_manager", lambda here: {"pk": a_report(here).pk}),
    "performance-approve": Example("business_manager", lambda here: {"pk": a_report(here).pk}),
    "performance-turn-down": Example("business_manager", lambda here: {"pk": a_report(here).pk}),
    "performance-publish": Example("business_manager", lambda here: {"pk": a_report(here, ReportState.APPROVED).pk}),
}
EXAMPLES |= {
    **of_register("confidentiality:restrictions", "privacy_officer"),
    **of_register("confidentiality:openings", "privacy_officer"),
    "confidentiality:restriction": Example("privacy_officer", lambda here: {"pk": a_restriction(here).pk}),
    "confidentiality:review": Example("privacy_officer", lambda here: {"pk": a_restriction(here).pk}),
    "confidentiality:list": Example("privacy_officer", lambda here: {"pk": a_restriction(here).pk}),
    "confidentiality:opening": Example("privacy_officer", lambda here: {"pk": an_opening(here).pk}),
    "confidentiality:outcome": Example("privacy_officer", lambda here: {"pk": an_opening(here).pk}),
    "confidentiality:finish": Example("investigator", lambda here: {"pk": an_opening(here).pk}),
    "confidentiality:statistics": Example("chair"),
    "confidentiality:closed": Example("social_worker", a_restricted_record),
    "confidentiality:break-glass": Example("social_worker", a_restricted_record),
    "confidentiality:restrict": Example("privacy_officer", a_record),
    "confidentiality:involved": Example("social_worker", a_record),
    "confidentiality:involve": Example("social_worker", a_record),
    "confidentiality:roles": Example("practitioner"),
    "confidentiality:notices": Example("chair"),
}


def of_a_person(part: str = "") -> Callable[[House], Mapping[str, Any]]:
    """The keys of somebody of whom everything is known, and of their row of a part."""

    def keys(here: House) -> Mapping[str, Any]:
        known = Identifier.objects.filter(area=here.area, value="9990000018").first()
        person = known.person if known else with_everything(here)
        return {"person": person.pk, **({"row": ROWS[part](person)} if part else {})}

    return keys


def an_unborn_child(here: House) -> Mapping[str, Any]:
    return {"person": a_person(here, kind="unborn", expected_on=timezone.localdate()).pk}


def a_new_record(here: House) -> Mapping[str, Any]:
    """The key of a new record whose questions are answered, and which is not made yet."""
    key = uuid4()
    keep(
        key=f"journey new:{key}",
        title="Add a person",
        path=reverse("people:new", args=[key]),
        typed={"who-kind": ["child"], "who-given": ["Robin"], "birth-": [], "birth-sex": ["U"]},
        by=by(here, "social_worker"),
    )
    return {"record": key}


ON_A_PERSON = ("person", "network", "summary", "birth", "died", "background", "handling", "close")
PARTS_CHANGED = ("name", "address", "relationship", "household", "warning", "flag")
EXAMPLES |= {
    **of_register("people:people", "safeguarding_manager"),
    **{f"people:new{page}": Example("social_worker", a_new_record) for page in ("", "-check")},
    "people:new-step": Example("social_worker", lambda here: {**a_new_record(here), "step": "home"}),
    "people:born": Example("social_worker", an_unborn_child),
    "people:household-join": Example("social_worker", of_a_person("household")),
    **{f"people:{name}": Example("social_worker", of_a_person()) for name in ON_A_PERSON},
    **{f"people:{part}-add": Example("social_worker", of_a_person()) for part in ROWS},
    **{f"people:{part}-change": Example("social_worker", of_a_person(part)) for part in PARTS_CHANGED},
    **{f"people:{part}-end": Example("social_worker", of_a_person(part)) for part in ROWS},
    **{f"people:{part}-back": Example("social_worker", of_a_person(part)) for part in ROWS},
}


EXAMPLES |= {
    **of_register("watching:trail", "privacy_officer"),
    **of_register("watching:alerts", "privacy_officer"),
    **of_register("watching:samples", "privacy_officer"),
    "watching:entry": Example("privacy_officer", looks.an_entry),
    "watching:user": Example("privacy_officer", looks.a_reader),
    "watching:home": Example("privacy_officer", looks.a_reader),
    "watching:connect": Example("privacy_officer", looks.a_reader),
    "watching:record": Example("privacy_officer", looks.a_record),
    "watching:verifications": Example("privacy_officer"),
    "watching:alert": Example("privacy_officer", looks.an_alert),
    "watching:look-into": Example("privacy_officer", looks.an_alert),
    "watching:sample": Example("privacy_officer", looks.a_sample),
    "watching:review": Example("privacy_officer", looks.a_sampled_reading),
}
OF_AN_AGENCY, OF_A_SEAT = (
    ("agency", "change-agency", "add-team", "add-site"),
    ("seat", "choose-agency", "end-seat", "sign-out"),
)
EXAMPLES |= {
    **of_register("administering:agencies", "system_administrator"),
    **of_register("administering:seats", "system_administrator"),
    **of_register("administering:arrangements", "system_administrator"),
    **{f"administering:{name}": Example("system_administrator", kept.an_agency) for name in OF_AN_AGENCY},
    **{f"administering:{name}": Example("system_administrator", kept.a_seat) for name in OF_A_SEAT},
    "administering:close-account": Example("system_administrator", kept.a_seat),
    "administering:give-seat": Example("system_administrator", kept.a_seat_to_give),
    "administering:add-agency": Example("system_administrator"),
    "administering:area": Example("system_administrator"),
    "administering:arrangement": Example("system_administrator", kept.an_arrangement),
    "administering:end-arrangement": Example("system_administrator", kept.an_arrangement),
    "administering:propose": Example("system_administrator"),
    "administering:proposals": Example("system_administrator"),
    "administering:reviews": Example("system_administrator"),
    "administering:review": Example("system_administrator", kept.a_review),
}


EXAMPLES |= {
    "matching:search": Example("social_worker"),
    **of_register("matching:pairs", "safeguarding_manager"),
    "matching:compare": Example("safeguarding_manager"),
    "matching:pair": Example("safeguarding_manager", lambda here: {"pk": a_pair(here).pk}),
    "matching:join": Example("safeguarding_manager", lambda here: {"pk": a_pair(here).pk}),
    "matching:different": Example("safeguarding_manager", lambda here: {"pk": a_pair(here).pk}),
    "matching:later": Example("safeguarding_manager", lambda here: {"pk": a_pair(here).pk}),
    "matching:undo": Example("safeguarding_manager", lambda here: {"pk": a_joined_pair(here).pk}),
    "matching:joined": Example("safeguarding_manager", lambda here: {"person": a_joined_pair(here).one_id}),
    "matching:lists": Example("social_worker"),
    "matching:read-list": Example("social_worker"),
    "matching:link-list": Example("social_worker", lambda here: {"pk": a_list(here).pk}),
    "matching:undo-list": Example("social_worker", lambda here: {"pk": a_list(here).pk}),
    **of_register("matching:listed", "safeguarding_manager"),
    "matching:propose": Example("social_worker", lambda here: {"person": a_pair(here).one_id}),
}


BY_POST = "answers a sent form only"
IN_SIGNING_IN = "needs a session half signed in or a fresh password: walked in tests/signing_in/test_browser.py"
NOT_WALKED: dict[str, str] = {
    "matching:list-template": "a file",
    "matching:listed-person": "leads to the person's record",
    "health": "plain text for a proxy",
    "actions:evidence-file": "a file",
    "actions:load-template": "a file",
    "actions:calendar": "a calendar's feed, no page",
    "actions:load-all": BY_POST,
    "contacts:check": BY_POST,
    "contacts:end": BY_POST,
    "actions:undo-load": BY_POST,
    "actions:do-owner-change": BY_POST,
    "actions:undo-owner-change": BY_POST,
    "actions:weekly": BY_POST,
    "actions:new-address": BY_POST,
    "actions:no-address": BY_POST,
    "performance-findings-file": "a file",
    "performance-report-file": "a file",
    "performance-chart": "a picture, shown within its measure's page",
    "performance-upload-progress": "a part of the upload's page",
    "performance-snapshot-progress": "a part of the snapshot's page",
    "performance-report-progress": "a part of the report's page",
    "choose-seat": BY_POST,
    "people:add": "leads to the search where nobody was searched for yet: walked in tests/people/test_browser.py",
    "watching:disconnect": BY_POST,
    "administering:agree": BY_POST,
    "administering:withdraw-proposal": BY_POST,
    "administering:start-review": BY_POST,
    "administering:keep-seat": BY_POST,
    "administering:end-reviewed-seat": BY_POST,
    "confidentiality:end-involvement": BY_POST,
    "confidentiality:notice": "leads to the record that the notice is about",
    "pages:stay": BY_POST,
    "pages:keep-draft": BY_POST,
    "pages:delete-draft": BY_POST,
    "pages:draft": "leads to the form of the draft",
    "signing_in:withdraw": BY_POST,
    "signing_in:end-session": BY_POST,
    "signing_in:end-other-sessions": BY_POST,
    "signing_in:end-leavers": BY_POST,
    "signing_in:undo-leavers": BY_POST,
    "signing_in:remove-passkey": IN_SIGNING_IN,
    "signing_in:to-agency": "leads to the agency's own provider",
    "signing_in:from-agency": "comes from the agency's own provider",
    "socialaccount_login_error": "answers 401: walked in tests/signing_in/test_browser.py",
    "signing_in:demo": "signs in and leads on",
    "signing_in:task": IN_SIGNING_IN,
    "signing_in:task-page": IN_SIGNING_IN,
    "signing_in:task-receipt": IN_SIGNING_IN,
    "account_reauthenticate": IN_SIGNING_IN,
    "account_set_password": "leads to changing the password for those who have one",
    "account_reset_password_from_key": IN_SIGNING_IN,
    "mfa_authenticate": IN_SIGNING_IN,
    "mfa_reauthenticate": IN_SIGNING_IN,
    "mfa_activate_totp": IN_SIGNING_IN,
    "mfa_deactivate_totp": IN_SIGNING_IN,
    "mfa_view_recovery_codes": IN_SIGNING_IN,
    "mfa_generate_recovery_codes": IN_SIGNING_IN,
    "mfa_download_recovery_codes": "a file",
    "mfa_add_webauthn": IN_SIGNING_IN,
    "mfa_reauthenticate_webauthn": IN_SIGNING_IN,
    "mfa_remove_webauthn": IN_SIGNING_IN,
    "mfa_edit_webauthn": IN_SIGNING_IN,
    "mfa_login_webauthn": "data for the passkey's script",
    "openid_connect_login": "leads to the agency's own provider",
    "openid_connect_callback": "comes back from the agency's own provider",
}
ENDINGS_NOT_WALKED = {"-view": "leads to the list as saved", "-view-delete": BY_POST}
"""The same for the routes that each register has."""
