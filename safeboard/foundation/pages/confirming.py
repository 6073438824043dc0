"""A page that only asks whether one is sure: for what ends, removes or begins something by a mere button."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from safeboard.foundation.kernel.errors import BadInput, Problem
from safeboard.foundation.pages.forms import form_page

OVERTAKEN = Problem("Somebody has done this meanwhile.", "See what this page asks now.")


class _Question(forms.Form):
    """Only a button, and unseen what it says: the page may ask another thing by the time it is pressed."""

    asked = forms.CharField(widget=forms.HiddenInput, required=False)


def confirm_page(
    request: HttpRequest, *, title: str, button: str, act: Callable[[], str], back: str, intro: str = ""
) -> HttpResponse:
    """Ask on a GET. On a POST let `act` do it, say the words it gives, and lead to `back`, as "Cancel" does.

    `intro` tells what it will mean. A BadInput that `act` raises is told on this page and nothing is done; sent twice,
    it is done once. Where the page says another thing than when the button was pressed (closing, and by now opening
    again) nothing is done either. The caller has found the record for the viewer; `act` asks the policy itself.
    """

    def acted(_: object) -> HttpResponse:
        if request.POST.get("asked", button) != button:
            raise BadInput(OVERTAKEN)
        messages.success(request, act())
        return redirect(back)

    asked = {"asked": button}  # always what is asked now, whatever was posted
    form = _Question(asked) if request.method == "POST" else _Question(initial=asked)
    return form_page(request, form, title=title, save=acted, button=button, intro=intro, back=back)
