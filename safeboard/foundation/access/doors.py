"""Doors: each page says which module it is in and what one does there. A page without a door is not found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from safeboard.foundation.access.records import found
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.access.words import Action, Module

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come through: a grant in a module, any signed-in user (`signed_in`), or everybody (`public`), and why.

    An action without a module: those who may do it on the record that the address names by `kind` and `object_id`.
    `file_by` is the method (GET, POST) by which the page gives a file and nothing to look at. Who is signed out does
    not find it: a program that fetches files would take the page of signing in for one.
    """

    module: Module | None = None
    action: Action | None = None
    signed_in: str = ""
    public: str = ""
    file_by: str = ""

    def gives_file(self, method: str) -> bool:
        """Whether a request of this method is answered by a file."""
        return self.file_by == ("GET" if method.upper() == "HEAD" else method.upper())


def door(module: Module, action: Action, *, file_by: str = "") -> Callable[[View], View]:
    """The page is for seats granted the action in the module. To all others it does not exist."""
    return _through(Door(module=module, action=action, file_by=file_by))


def record_door(action: Action) -> Callable[[View], View]:
    """The page is about one record of any kind, for those who may do the action on it. It takes `kind`, `object_id`."""
    return _through(Door(action=action))


def signed_in_door(why: str) -> Callable[[View], View]:
    """The page is for anybody signed in: their own account, say."""
    return _through(Door(signed_in=why))


def public_door(why: str) -> Callable[[View], View]:
    """The page is for everybody."""
    return _through(Door(public=why))


def viewer_from(request: HttpRequest) -> Viewer:
    """The viewer of a request behind a door. Http404 without a seat."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        raise Http404
    return viewer


def _through(through: Door) -> Callable[[View], View]:
    def with_door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return refusal(through, request, kwargs) or view(request, *args, **kwargs)

        guarded.door = through  # type: ignore[attr-defined]
        return guarded

    return with_door


def refusal(through: Door, request: HttpRequest, named: Mapping[str, Any]) -> HttpResponse | None:
    """None for those who may come through. The signed-out are sent to sign in; to others the page is not found.

    A file is not found by the signed-out either.
    `named` is what the page's address names.
    """
    if through.public:
        return None
    if not request.user.is_authenticated:
        if through.gives_file(request.method or ""):
            raise Http404
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if not through.signed_in and not _granted(through, getattr(request, "viewer", None), named):
        raise Http404
    return None


def _granted(through: Door, viewer: Viewer | None, named: Mapping[str, Any]) -> bool:
    if viewer is None or through.action is None:
        return False
    if through.module is None:
        return found(viewer, str(named["kind"]), str(named["object_id"]), through.action) is not None
    return viewer.may(through.module, through.action)
