"""The house's addresses with those of the trial area."""

from django.urls import include, path

from safeboard.site.urls import handler404, handler500
from safeboard.site.urls import urlpatterns as of_the_house
from tests.pages.trial import journey, pages

__all__ = ["handler404", "handler500", "urlpatterns"]

trial = [
    *pages.REGISTER_URLS,
    path("add/", pages.add, name="task-add"),
    path("<int:pk>/visit/", include(journey.VISIT_URLS)),
    path("<int:pk>/", pages.one, name="task"),
    path("<int:pk>/change/", pages.change, name="task-change"),
    path("<int:pk>/finish/", pages.finish, name="task-finish"),
]
urlpatterns = [path("tasks/", include(trial)), *of_the_house]
