"""One page with a form: nothing typed is lost, nothing is done twice, and nobody's change is overwritten unseen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeboard.foundation.access.doors import viewer_from
from safeboard.foundation.access.viewer import Viewer
from safeboard.foundation.kernel.errors import BadInput
from safeboard.foundation.pages import drafts, posted_once
from safeboard.foundation.pages.differences import (
    SEEN,
    WAS,
    Difference,
    differences,
    freshen,
    held_by,
    place_of,
    read_back,
    settled,
    signed,
)
from safeboard.foundation.pages.history import changes_of
from safeboard.foundation.pages.plain_words import speak_plainly
from safeboard.foundation.pages.uploads import tell_dropped

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
    template: str = "pages/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; on a good post give `save` what was cleaned and answer with what it gives (a redirect).

    `form` is bound to `request.POST` on a post, and filled by `initial` from `record` (where one is changed) always:
    that is how a change by somebody else in the meantime is found. A BadInput that `save` raises is put beside its
    field. With a `draft_key` the form is kept on the server while it is typed; the record's key is added to it. `back`
    is the address that "Cancel" leads to. A `template` that extends the usual one shows more above or below the form,
    from `context`.
    """
    asked = (form, title, save, record, draft_key, button, intro, back, template, context or {})
    page = _FormPage(request, viewer_from(request), *asked)
    speak_plainly(form)
    return page.answer() if request.method == "POST" else page.show()


@dataclass
class _FormPage:
    request: HttpRequest
    viewer: Viewer
    form: forms.BaseForm
    title: str
    save: Save
    record: Model | None
    draft_key: str
    button: str
    intro: str
    back: str
    template: str
    context: Mapping[str, Any]

    def answer(self) -> HttpResponse:
        if self.draft_key and drafts.LATER in self.request.POST:
            return self._come_back_later()
        tell_dropped(self.request, self.form)
        with transaction.atomic():
            found = self._differences()
            if found or not self.form.is_valid():
                return self.show(found)
            try:
                with transaction.atomic():
                    return self._done()
            except BadInput as wrong:
                show_problems(self.form, wrong)
                return self.show()

    def _done(self) -> HttpResponse:
        sent = posted_once.claim(self.request.POST.get(posted_once.ONCE, ""), self.viewer.user, self.viewer.at)
        if sent and sent.answer:
            messages.info(self.request, posted_once.SENT_BEFORE)
            return redirect(sent.answer)
        answer = self.save(cast("Any", self.form).cleaned_data)
        if sent:
            posted_once.remember(sent, answer)
        if self.draft_key:
            drafts.forget(key=self._key, by=self.viewer)
        return answer

    def _differences(self) -> Sequence[Difference]:
        """What another saved meanwhile, until the viewer has chosen. Locks the record to the end of the transaction."""
        if self.record is None:
            return ()
        freshen(self.form, self.record)
        was = read_back(self.request.POST.get(WAS, ""), self._place)
        found = differences(self.form, was) if was is not None else ()
        seen = read_back(self.request.POST.get(SEEN, ""), self._place) or {}
        return () if settled(self.form, found, seen) else found

    def _come_back_later(self) -> HttpResponse:
        if drafts.keep_posted(self.request.POST, by=self.viewer) is None:
            self.form.is_valid()
            self.form.add_error(None, "The draft could not be kept: it is too long, or was begun in another seat.")
            return self.show()
        messages.success(self.request, "Your draft is kept. It is on your first page until you send or delete it.")
        return redirect("home")

    def show(self, found: Sequence[Difference] = ()) -> HttpResponse:
        held = signed(held_by(self.form), self._place) if self.record else ""
        was = self.request.POST.get(WAS, held) if found else held
        draft = drafts.draft_of(self.viewer, self._key) if self.draft_key and not self.form.is_bound else None
        if draft:
            was = draft.was or was
            drafts.fill_in(self.form, draft)
        context = {**self._context(was, draft, found), "seen": held if found else ""}
        return render(self.request, self.template, context)

    def _context(self, was: str, draft: Any, found: Sequence[Difference]) -> dict[str, Any]:
        ticket = ""
        if self.draft_key:
            ticket = drafts.ticket(self.viewer, key=self._key, title=self.title, path=self.request.path)
        return {
            **self.context,
            "form": self.form,
            "title": self.title,
            "button": self.button,
            "intro": self.intro,
            "back": self.back,
            "once": posted_once.new_token(self.request.POST.get(posted_once.ONCE, "")),
            "was": was,
            "draft": draft,
            "ticket": ticket,
            "unkept": drafts.unkept(self.form) if ticket else (),
            "differences": found,
            "other": self._who_changed() if found else "",
        }

    def _who_changed(self) -> str:
        changes = changes_of(self.viewer, [self.record] if self.record else [])
        return changes[0].who if changes else "Somebody else"

    @property
    def _place(self) -> str:
        return place_of(self.record, self.viewer.user.pk) if self.record else ""

    @property
    def _key(self) -> str:
        return f"{self.draft_key}:{self.record.pk}" if self.record else self.draft_key
