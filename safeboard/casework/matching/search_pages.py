"""The page on which people are searched for: one box, ranked people, why each fits.

What was typed stays in the session under a key, and only the key in the address: addresses end up in logs and
histories. The trail notes that somebody searched, by which kinds of things, and the keys of those shown. It does not
keep the words: it is read by others and kept for longer than what was typed in passing, often about people of whom
there is no record at all; and who was shown is what a question about a search turns on.
"""

import secrets
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from safeboard.casework.matching.forms import SearchForm
from safeboard.casework.matching.searching import Found, search
from safeboard.casework.matching.showing import lines
from safeboard.casework.matching.similar import told_of
from safeboard.casework.people.guards import PERSON
from safeboard.casework.people.search_first import remember_search
from safeboard.foundation.access.doors import door, viewer_from
from safeboard.foundation.access.words import Action, Module
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.forms import show_problems
from safeboard.foundation.pages.plain_words import speak_plainly

KEPT_IN_SESSION: Final = "people_searches"
SEARCHES_KEPT: Final = 10
KEY: Final = "of"


@never_cache
@door(Module.PEOPLE, Action.FIND)
def search_page(request: HttpRequest) -> HttpResponse:
    """The box; after a search, whom it found. With script the list follows the typing, without it a button asks."""
    if request.method == "POST":
        return _asked(request)
    words = _kept(request).get(request.GET.get(KEY, ""), "")
    return _shown(request, words) if words else _page(request, {"form": SearchForm()})


def _asked(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.POST)
    if not form.is_valid():
        speak_plainly(form)
        return _page(request, {"form": form})
    key = _keep(request, form.cleaned_data["words"])
    address = f"{reverse('matching:search')}?{KEY}={key}"
    if not request.headers.get("HX-Request"):
        return redirect(address)
    answer = _shown(request, form.cleaned_data["words"])
    answer["HX-Replace-Url"] = address
    return answer


def _shown(request: HttpRequest, words: str) -> HttpResponse:
    viewer = viewer_from(request)
    form = SearchForm({"words": words})
    try:
        found = search(viewer, words)
    except BadInput as wrong:
        form.is_valid()
        show_problems(form, wrong)
        return _page(request, {"form": form})
    remember_search(request.session, viewer, told_of(words))
    _note(request, found)
    context = {
        "form": form,
        "found": found,
        "lines": lines(viewer, found.fits),
        "may_add": viewer.may(Module.PEOPLE, Action.ADD),
    }
    return _page(request, context)


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    may_change = viewer_from(request).may(Module.PEOPLE, Action.CHANGE)
    return render(request, _template(request), {**context, "may_change": may_change})


def _note(request: HttpRequest, found: Found) -> None:
    details = {
        "by": found.kinds,
        "found": len(found.fits),
        "more": found.more,
        "shown": [fit.key for fit in found.fits],
    }
    noted(request, Did.SEARCHED, PERSON, "", details)


def _template(request: HttpRequest) -> str:
    """Only the list where script asked for it."""
    return "matching/found.html" if request.headers.get("HX-Request") else "matching/search.html"


def _kept(request: HttpRequest) -> dict[str, str]:
    kept: dict[str, str] = request.session.get(KEPT_IN_SESSION, {})
    return kept


def _keep(request: HttpRequest, words: str) -> str:
    """The key under which what was typed is kept: the same one for the same words."""
    kept = _kept(request)
    key = next((key for key, typed in kept.items() if typed == words), "") or secrets.token_urlsafe(9)
    kept = {**{other: typed for other, typed in kept.items() if other != key}, key: words}
    request.session[KEPT_IN_SESSION] = dict(list(kept.items())[-SEARCHES_KEPT:])
    return key
