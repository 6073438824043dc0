"""Every address of the house."""

from django.urls import include, path

from safeboard.site import home

urlpatterns = [
    path("", home.home, name="home"),
    path("seat/", home.choose_seat, name="choose-seat"),
    path("health/", home.health, name="health"),
    path("", include("safeboard.foundation.pages.urls")),
    path("", include("safeboard.foundation.signing_in.urls")),
    path("performance/", include("safeboard.figures.performance.urls")),
    path("people/", include("safeboard.casework.matching.urls")),
    path("people/", include("safeboard.casework.people.urls")),
    path("", include("safeboard.foundation.confidentiality.urls")),
    path("account/", include("allauth.urls")),
    path("", include("safeboard.foundation.watching.urls")),
    path("", include("safeboard.foundation.administering.urls")),
    path("", include("safeboard.tools.actions.urls")),
    path("", include("safeboard.tools.contacts.urls")),
]

handler400 = "safeboard.site.failing.not_readable"
handler404 = "safeboard.site.home.not_found"
handler500 = "safeboard.site.failing.went_wrong"
