"""Addresses for the tests of readings: pages that note what they show."""

from datetime import date

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from safeboard.foundation.access.doors import public_door, signed_in_door
from safeboard.foundation.audit.models import Did
from safeboard.foundation.audit.reading import noted
from safeboard.site.urls import handler404, handler500
from safeboard.site.urls import urlpatterns as of_the_house

__all__ = ["handler404", "handler500", "urlpatterns"]


@signed_in_door("a test")
def opened(request: HttpRequest) -> HttpResponse:
    noted(request, Did.OPENED, "test", 1)
    noted(request, Did.SEARCHED, "test")
    return HttpResponse("what the record says")


@signed_in_door("a test")
def refused(request: HttpRequest) -> HttpResponse:
    noted(request, Did.REFUSED, "test", 2)
    raise Http404


@signed_in_door("a test")
def failed(request: HttpRequest) -> HttpResponse:
    noted(request, Did.OPENED, "test", 3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse("never")


@public_door("a test")
def with_nul(request: HttpRequest) -> HttpResponse:
    noted(request, Did.SEARCHED, "test", details={"words": ["a\x00b"], "on": date(2026, 11, 2)})
    return HttpResponse("what the search found")


urlpatterns = [
    path("opened/", opened),
    path("refused/", refused),
    path("failed/", failed),
    path("with-nul/", with_nul),
    *of_the_house,
]
