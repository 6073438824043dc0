"""The addresses of this room. They carry keys only."""

from django.urls import include, path

from safeboard.foundation.administering import agency_pages, area_pages, review_pages, seat_pages
from safeboard.foundation.administering.register import AGENCIES, ARRANGEMENTS, SEATS
from safeboard.foundation.pages.registers import register_urls

app_name = "administering"

urlpatterns = [
    path("agencies/", include(register_urls(AGENCIES))),
    path("agencies/add/", agency_pages.add_agency_page, name="add-agency"),
    path("agencies/<int:pk>/", agency_pages.agency_page, name="agency"),
    path("agencies/<int:pk>/change/", agency_pages.change_agency_page, name="change-agency"),
    path("agencies/<int:pk>/add-team/", agency_pages.add_team_page, name="add-team"),
    path("agencies/<int:pk>/add-site/", agency_pages.add_site_page, name="add-site"),
    path("seats/", include(register_urls(SEATS))),
    path("seats/<int:pk>/", seat_pages.seat_page, name="seat"),
    path("seats/<int:pk>/another/", seat_pages.choose_agency_page, name="choose-agency"),
    path("seats/<int:pk>/another/<int:agency>/", seat_pages.give_seat_page, name="give-seat"),
    path("seats/<int:pk>/end/", seat_pages.end_seat_page, name="end-seat"),
    path("seats/<int:pk>/sign-out/", seat_pages.sign_out_page, name="sign-out"),
    path("seats/<int:pk>/close-account/", seat_pages.close_account_page, name="close-account"),
    path("area/", area_pages.area_page, name="area"),
    path("arrangements/", include(register_urls(ARRANGEMENTS))),
    path("arrangements/<int:pk>/", area_pages.arrangement_page, name="arrangement"),
    path("arrangements/<int:pk>/end/", area_pages.end_arrangement_page, name="end-arrangement"),
    path("arrangements/propose/", area_pages.propose_page, name="propose"),
    path("arrangements/proposals/", area_pages.proposals_page, name="proposals"),
    path("arrangements/proposals/<int:pk>/agree/", area_pages.agree_one, name="agree"),
    path("arrangements/proposals/<int:pk>/withdraw/", area_pages.withdraw_one, name="withdraw-proposal"),
    path("access-reviews/", review_pages.reviews_page, name="reviews"),
    path("access-reviews/<int:pk>/", review_pages.review_page, name="review"),
    path("access-reviews/agencies/<int:pk>/start/", review_pages.start_one, name="start-review"),
    path("access-reviews/seats/<int:pk>/keep/", review_pages.keep_one, name="keep-seat"),
    path("access-reviews/seats/<int:pk>/end/", review_pages.end_one, name="end-reviewed-seat"),
]
