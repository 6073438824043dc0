"""Addresses of signing in. Included before the library's, so that a page of ours can stand in for one of its."""

from django.urls import path

from safeboard.foundation.signing_in import (
    agency_sign_in_pages,
    demo,
    invitation_pages,
    leaver_pages,
    one_task_pages,
    passkeys,
    second_factor,
    session_pages,
)

app_name = "signing_in"
urlpatterns = [
    path("agencies/sign-in/", agency_sign_in_pages.agencies, name="agencies"),
    path("agencies/<int:pk>/sign-in/", agency_sign_in_pages.change, name="agency"),
    path("account/oidc/<str:provider_id>/login/", agency_sign_in_pages.to_agency, name="to-agency"),
    path("account/oidc/<str:provider_id>/login/callback/", agency_sign_in_pages.from_agency, name="from-agency"),
    path("demo/<str:token>/", demo.follow, name="demo"),
    path("invitations/", invitation_pages.invitations, name="invitations"),
    path("invitations/<uuid:pk>/withdraw/", invitation_pages.withdraw_one, name="withdraw"),
    path("invitation/<str:token>/", invitation_pages.accept_one, name="accept"),
    path("leavers/", leaver_pages.leavers, name="leavers"),
    path("leavers/<uuid:pk>/", leaver_pages.leavers_list, name="leavers-list"),
    path("leavers/<uuid:pk>/end/", leaver_pages.end_all, name="end-leavers"),
    path("leavers/<uuid:pk>/undo/", leaver_pages.undo_all, name="undo-leavers"),
    path("task/<str:token>/", one_task_pages.ask_code, name="task"),
    path("task/<str:token>/page/", one_task_pages.task, name="task-page"),
    path("task/<str:token>/receipt/", one_task_pages.receipt, name="task-receipt"),
    path("account/second-step/", second_factor.set_up, name="second-factor"),
    path("account/sessions/", session_pages.sessions, name="sessions"),
    path("account/sessions/others/end/", session_pages.end_others, name="end-other-sessions"),
    path("account/sessions/<int:pk>/end/", session_pages.end_one, name="end-session"),
    path("account/2fa/webauthn/keys/<int:pk>/remove/", passkeys.remove_passkey, name="remove-passkey"),
]
