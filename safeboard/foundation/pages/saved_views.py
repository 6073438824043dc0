"""Saved views: a register narrowed and ordered in one way, under a name of one's own; one may be shown first."""

from collections.abc import Sequence

from django.db import transaction

from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.models import SavedView

MOST = 20
"""Views of one register: more would not be found again."""


def views_of(viewer: Viewer, register: str) -> list[SavedView]:
    """The viewer's own views of a register, by name."""
    return list(SavedView.objects.filter(user=viewer.user, register=register))


@transaction.atomic
def save_view(*, register: str, name: str, query: str, words: str, is_default: bool, by: Viewer) -> SavedView:
    """Keep a view under a name; the name again replaces it. BadInput beyond MOST views."""
    own = SavedView.objects.filter(user=by.user, register=register)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise BadInput(Problem(f"You have {MOST} views of this list already.", "Delete one first.", element="name"))
    if is_default:
        own.update(is_default=False)
    given = {"query": query, "words": words, "is_default": is_default}
    return SavedView.objects.update_or_create(user=by.user, register=register, name=name, defaults=given)[0]


def forget_view(*, view: SavedView, by: Viewer) -> None:
    """Delete one's own view."""
    SavedView.objects.filter(pk=view.pk, user=by.user).delete()


def first_shown(views: Sequence[SavedView]) -> SavedView | None:
    return next((view for view in views if view.is_default), None)
