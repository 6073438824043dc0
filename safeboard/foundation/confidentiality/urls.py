"""Addresses of confidentiality. A record is named by its kind and key."""

from django.urls import include, path

from safeboard.foundation.confidentiality import (
    closed_pages,
    involvement_pages,
    notice_pages,
    opening_pages,
    restriction_pages,
    role_pages,
)
from safeboard.foundation.confidentiality.registers import OPENINGS, RESTRICTIONS
from safeboard.foundation.pages.registers import register_urls

app_name = "confidentiality"
RECORD = "record/<str:kind>/<str:object_id>"
urlpatterns = [
    path(f"{RECORD}/closed/", closed_pages.closed, name="closed"),
    path(f"{RECORD}/break-glass/", closed_pages.break_the_glass, name="break-glass"),
    path(f"{RECORD}/restrict/", restriction_pages.restrict_one, name="restrict"),
    path(f"{RECORD}/involved/", involvement_pages.involvements, name="involved"),
    path(f"{RECORD}/involved/add/", involvement_pages.involve_one, name="involve"),
    path(f"{RECORD}/involved/<int:pk>/end/", involvement_pages.end_one, name="end-involvement"),
    path("restrictions/", include(register_urls(RESTRICTIONS))),
    path("restrictions/<int:pk>/", restriction_pages.restriction, name="restriction"),
    path("restrictions/<int:pk>/review/", restriction_pages.review_one, name="review"),
    path("restrictions/<int:pk>/list/", restriction_pages.list_one, name="list"),
    path("break-glass/", include(register_urls(OPENINGS))),
    path("break-glass/statistics/", opening_pages.opening_statistics, name="statistics"),
    path("break-glass/<int:pk>/", opening_pages.opening, name="opening"),
    path("break-glass/<int:pk>/outcome/", opening_pages.outcome, name="outcome"),
    path("break-glass/<int:pk>/finished/", opening_pages.finish, name="finish"),
    path("roles/", role_pages.role_list, name="roles"),
    path("notices/", notice_pages.notices, name="notices"),
    path("notices/<int:pk>/", notice_pages.notice, name="notice"),
]
