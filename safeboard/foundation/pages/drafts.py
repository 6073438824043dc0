"""Drafts: a form is kept on the server while it is typed. Only its author reads it, in the seat it was written in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.pages.differences import SEEN, WAS
from safeboard.foundation.pages.models import Draft
from safeboard.foundation.pages.posted_once import ONCE

DRAFT: Final = "form-draft"
LATER: Final = "form-later"
NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", DRAFT, LATER, ONCE, SEEN, WAS})
LONGEST: Final = 1_000_000
"""Characters of one draft: more is not typed by hand."""
GOOD_FOR: Final = timedelta(days=28)


def ticket(viewer: Viewer, *, key: str, title: str, path: str, part: str = "") -> str:
    """What a form carries so that its draft is kept under its own key, and no other's: good in this seat alone.

    Of a form that is one page of several, `part` is what the names of its fields begin with: the others are left alone.
    """
    return signing.dumps([key, title, path, part], salt=_salt(viewer))


def drafts_of(viewer: Viewer) -> QuerySet[Draft]:
    """The viewer's own drafts in this seat, the newest first."""
    return Draft.objects.filter(seat=viewer.seat, kept_at__gt=viewer.at - GOOD_FOR)


def draft_of(viewer: Viewer, key: str) -> Draft | None:
    """The viewer's draft of one form, if there is one."""
    return drafts_of(viewer).filter(key=key).first()


def keep_posted(posted: QueryDict, *, by: Viewer) -> Draft | None:
    """Keep a posted form as a draft, unchecked. None, and nothing kept, where it carries no ticket of this seat."""
    try:
        key, title, path, part = signing.loads(posted.get(DRAFT, ""), salt=_salt(by))
    except signing.BadSignature:
        return None
    typed = {name: posted.getlist(name) for name in posted if name not in NOT_KEPT and name.startswith(part)}
    if part and (before := draft_of(by, key)):
        typed = {**{name: texts for name, texts in before.typed.items() if not name.startswith(part)}, **typed}
    return keep(key=key, title=title, path=path, typed=typed, was=posted.get(WAS, ""), by=by)


def keep(
    *, key: str, title: str, path: str, typed: Mapping[str, Sequence[str]], by: Viewer, was: str = ""
) -> Draft | None:
    """Keep what is typed as the draft of a form. None, and nothing kept, where it is more than anybody types."""
    texts = {name: [_storable(text) for text in each] for name, each in typed.items()}
    if sum(len(text) for each in texts.values() for text in each) > LONGEST:
        return None
    kept = {"title": title[:200], "path": path, "typed": texts, "was": was, "kept_at": timezone.now()}
    return Draft.objects.update_or_create(seat=by.seat, key=key, defaults=kept)[0]


def forget(*, key: str, by: Viewer) -> None:
    """Delete the draft of a form: it was sent, or is not wanted."""
    Draft.objects.filter(seat=by.seat, key=key).delete()


def fill_in(form: forms.BaseForm, draft: Draft) -> None:
    """Show in an unsent form what its draft holds. Passwords and files are not kept in drafts."""
    data = MultiValueDict[str, Any](draft.typed)
    for name, field in form.fields.items():
        if not isinstance(field.widget, forms.FileInput | forms.PasswordInput):
            form.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), form[name].html_name)


def delete_expired(at: Any) -> int:
    """Delete the drafts that nobody came back for. Gives how many."""
    return Draft.objects.filter(kept_at__lte=at - GOOD_FOR).delete()[0]


def unkept(form: forms.BaseForm) -> Sequence[str]:
    """The labels of the fields that a draft does not hold."""
    return [
        str(form[name].label)
        for name, field in form.fields.items()
        if isinstance(field.widget, forms.FileInput | forms.PasswordInput)
    ]


def _salt(viewer: Viewer) -> str:
    return f"draft in seat {viewer.seat.pk}"


def _storable(text: str) -> str:
    return text.replace("\0", "")
