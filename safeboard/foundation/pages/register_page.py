"""The page of a register: whole for a browser without script, only the list where script asks for that."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.foundation.access.words import Action
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.foundation.pages.asked import COLUMNS, PAGE, SEARCH, address_asked_for
from safeboard.foundation.pages.listing import Listing
from safeboard.foundation.pages.posted import keys_of
from safeboard.foundation.pages.register import Register
from safeboard.foundation.pages.saved_view_pages import address_of
from safeboard.foundation.pages.saved_views import first_shown, views_of


def show(register: Register, request: HttpRequest) -> HttpResponse:
    """The list as asked for. A posted search is answered by sending the browser to the address that asks for it."""
    listing = Listing(register, request, Action.FIND)
    if request.method == "POST":
        return _to_what_was_asked(request, listing)
    views = views_of(listing.viewer, register.key)
    first = first_shown(views)
    if first and not request.GET:
        return redirect(request.path + address_of(first, request))
    context = {**_context(register, listing), "views": views}
    _note(request, register, listing)
    if _wants_the_list_alone(request):
        answer = render(request, "pages/register_list.html", {**context, "swapped": True})
        answer["HX-Push-Url"] = request.get_full_path()
        return answer
    return render(request, "pages/register.html", context)


def _to_what_was_asked(request: HttpRequest, listing: Listing) -> HttpResponseRedirect:
    form = listing.filterset.form if listing.filterset else ()
    names = [key for field in form for key in keys_of(field.field.widget, field.html_name)]
    return redirect(address_asked_for(request, names))


def _wants_the_list_alone(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == "register"


def _note(request: HttpRequest, register: Register, listing: Listing) -> None:
    filters = {key: listing.asked.query.getlist(key) for key in listing.asked.query if key not in (SEARCH, COLUMNS)}
    details: dict[str, Any] = {"count": listing.count, "asked": filters}
    if listing.asked.words:
        details["words"] = listing.asked.words
    noted(request, Did.SEARCHED if listing.asked.words else Did.LISTED, register.kind, "", details)


def _context(register: Register, listing: Listing) -> dict[str, Any]:
    viewer = listing.viewer
    query = listing.asked.address().removeprefix("?")
    return {
        "register": register,
        "listing": listing,
        "form": listing.filterset.form if listing.filterset else None,
        "add": reverse(register.add) if register.add and viewer.may(register.module, Action.ADD) else "",
        "query": query,
        "export": f"export/?{query}" if viewer.may(register.module, Action.EXPORT) else "",
        "links": [
            (words, reverse(route)) for words, route, action in register.links if viewer.may(register.module, action)
        ],
        "searchable": register.search is not None,
        "nothing_yet": not listing.tags,
        "page_name": PAGE,
    }
