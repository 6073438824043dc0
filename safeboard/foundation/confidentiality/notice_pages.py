"""One's own notices, and the way from one to the record it is about."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeboard.foundation.access.doors import signed_in_door, viewer_from
from safeboard.foundation.access.notices import of, read
from safeboard.foundation.access.records import address_of

SHOWN = 100


@signed_in_door("one's own notices")
def notices(request: HttpRequest) -> HttpResponse:
    """The newest of one's notices, read and unread."""
    return render(request, "confidentiality/notices.html", {"notices": of(viewer_from(request))[:SHOWN]})


@signed_in_door("one's own notices")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    given = read(notice_id=pk, by=viewer_from(request))
    if given is None:
        raise Http404
    return redirect(address_of(given.kind, given.object_id) or "confidentiality:notices")
