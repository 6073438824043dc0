"""One page with a form: what was typed is kept on every error, and problems stand beside their fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.foundation.kernel.errors import BadInput

Save = Callable[[dict[str, Any]], HttpResponse]


def show_problems(form: forms.BaseForm, wrong: BadInput) -> None:
    """Put each problem beside its field, so that nothing typed is lost."""
    for problem in wrong.problems:
        found = f" Found {problem.found}." if problem.found else ""
        place = problem.element if problem.element in form.fields else None
        form.add_error(place, f"{problem.message}{found} {problem.remedy}".rstrip())


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: str,
    save: Save,
    record: Model | None = None,
    draft_key: str = "",
    button: str = "Save",
    intro: str = "",
    back: str = "",
) -> HttpResponse:
    """Show the form; on a good post give `save` what was cleaned and answer with what it gives (a redirect).

    `form` is bound to `request.POST` on a post and filled by `initial` from `record` (where one is changed) always. A
    BadInput that `save` raises is put beside its field. `back` is the address that "Cancel" leads to.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                return save(form.cleaned_data)
        except BadInput as wrong:
            show_problems(form, wrong)
    context = {"form": form, "title": title, "button": button, "intro": intro, "back": back}
    return render(request, "pages/form.html", context)
