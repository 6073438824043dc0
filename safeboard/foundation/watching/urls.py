"""The addresses of this room. They carry keys only."""

from django.urls import include, path

from safeboard.foundation.pages.registers import register_urls
from safeboard.foundation.watching import alert_pages, trail_pages
from safeboard.foundation.watching.register import ALERTS, SAMPLES, TRAIL

app_name = "watching"

urlpatterns = [
    path("trail/", include(register_urls(TRAIL))),
    path("trail/<int:number>/", trail_pages.entry_page, name="entry"),
    path("trail/users/<int:pk>/", trail_pages.user_page, name="user"),
    path("trail/users/<int:pk>/home/", trail_pages.home_page, name="home"),
    path("trail/users/<int:pk>/connect/", trail_pages.connect_page, name="connect"),
    path("trail/connections/<int:pk>/disconnect/", trail_pages.disconnect_one, name="disconnect"),
    path("trail/records/<str:kind>/<str:object_id>/", trail_pages.record_trail_page, name="record"),
    path("trail/verifications/", trail_pages.verifications_page, name="verifications"),
    path("alerts/", include(register_urls(ALERTS))),
    path("alerts/<int:pk>/", alert_pages.alert_page, name="alert"),
    path("alerts/<int:pk>/look-into/", alert_pages.look_into_page, name="look-into"),
    path("samples/", include(register_urls(SAMPLES))),
    path("samples/<int:pk>/", alert_pages.sample_page, name="sample"),
    path("samples/readings/<int:pk>/", alert_pages.review_page, name="review"),
]
