"""The addresses that keep and delete drafts, and the one that keeps a session awake."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import signed_in_door, viewer_from
from safeboard.foundation.pages.drafts import drafts_of, keep_posted


@require_POST
@signed_in_door("one's own drafts")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed in a form, every few seconds by script. Tells when it was kept."""
    draft = keep_posted(request.POST, by=viewer_from(request))
    if draft is None:
        raise Http404
    return JsonResponse({"kept": timezone.localtime(draft.kept_at).strftime("%H:%M")})


@require_POST
@signed_in_door("one's own session")
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody was warned of being signed out and stays."""
    return HttpResponse(status=204)


@signed_in_door("one's own drafts")
def go_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the form of a draft of one's own. Its address may name a record that is closed to them meanwhile."""
    return redirect(get_object_or_404(drafts_of(viewer_from(request)), pk=pk).path)


@require_POST
@signed_in_door("one's own drafts")
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a draft of one's own."""
    draft = get_object_or_404(drafts_of(viewer_from(request)), pk=pk)
    draft.delete()
    messages.success(request, "The draft is deleted.")
    return redirect("home")
