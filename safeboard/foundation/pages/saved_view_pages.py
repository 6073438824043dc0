"""The addresses of a register's saved views: save, show, delete."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from safeboard.foundation.access.doors import viewer_from
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages.asked import ALL, PAGE, SEARCH, asked_of, keep_words
from safeboard.foundation.pages.forms import show_problems
from safeboard.foundation.pages.models import SavedView
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.pages.register import Register
from safeboard.foundation.pages.saved_views import forget_view, save_view, views_of


class ViewForm(forms.Form):
    """What to call a view."""

    name = forms.CharField(
        label="Name of the view",
        max_length=60,
        help_text="Only you see it. A name you have already replaces that view.",
    )
    is_default = forms.BooleanField(label="Show it first whenever I open this list", required=False)


def save(register: Register, request: HttpRequest) -> HttpResponse:
    """Save the list as asked for in the address."""
    viewer = viewer_from(request)
    asked = asked_of(register.columns, register.order, request, register.at_first(viewer))
    form = ViewForm(request.POST or None)
    speak_plainly(form)
    if request.method == "POST" and form.is_valid():
        try:
            save_view(
                register=register.key,
                query=_without_place(asked.query),
                words=asked.words,
                by=viewer,
                **form.cleaned_data,
            )
        except BadInput as wrong:
            show_problems(form, wrong)
        else:
            messages.success(request, "The view is saved.")
            return redirect(f"{_list(request)}?{asked.query.urlencode()}")
    views = views_of(viewer, register.key)
    context = {"form": form, "register": register, "views": views, "back": f"../?{asked.query.urlencode()}"}
    return render(request, "pages/saved_views.html", context)


def show(register: Register, request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the list as a view has it."""
    return redirect(_list(request) + address_of(_own(register, request, pk), request))


def delete(register: Register, request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view."""
    forget_view(view=_own(register, request, pk), by=viewer_from(request))
    messages.success(request, "The view is deleted.")
    return redirect(f"{_list(request)}?{ALL}=1")


def address_of(view: SavedView, request: HttpRequest) -> str:
    """The query of a view; its search words are put into this session."""
    query = QueryDict(view.query, mutable=True)
    if view.words:
        query[SEARCH] = keep_words(request.session, view.words)
    return "?" + (query.urlencode() or f"{ALL}=1")


def _own(register: Register, request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, user=viewer_from(request).user, register=register.key)


def _list(request: HttpRequest) -> str:
    return request.path[: request.path.index("/views/") + 1]


def _without_place(query: QueryDict) -> str:
    kept = query.copy()
    for name in (PAGE, SEARCH, ALL):
        kept.pop(name, None)
    return kept.urlencode()
