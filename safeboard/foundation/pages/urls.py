"""Addresses of the page machinery itself."""

from django.urls import path

from safeboard.foundation.pages import draft_pages

app_name = "pages"
urlpatterns = [
    path("stay/", draft_pages.stay, name="stay"),
    path("drafts/keep/", draft_pages.keep, name="keep-draft"),
    path("drafts/<uuid:pk>/", draft_pages.go_on, name="draft"),
    path("drafts/<uuid:pk>/delete/", draft_pages.delete, name="delete-draft"),
]
