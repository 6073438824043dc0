"""The addresses of this room. They carry keys only."""

from django.urls import include, path

from safeboard.foundation.pages.registers import register_urls
from safeboard.tools.actions import (
    action_pages,
    asking_pages,
    load_pages,
    overview_pages,
    owner_change_pages,
    reminder_pages,
    source_pages,
)
from safeboard.tools.actions.register import ACTIONS, SOURCES

app_name = "actions"
ONE, SOURCE = "actions/<uuid:pk>", "actions/sources/<uuid:pk>"

urlpatterns = [
    path("actions/", include(register_urls(ACTIONS))),
    path("actions/sources/", include(register_urls(SOURCES))),
    path("actions/add/", source_pages.add_page, name="add"),
    path("actions/slippage/", overview_pages.slippage_page, name="slippage"),
    path("actions/themes/", overview_pages.themes_page, name="themes"),
    path("actions/themes/add/", overview_pages.add_theme_page, name="add-theme"),
    path("actions/links/<int:pk>/withdraw/", asking_pages.withdraw_page, name="withdraw-link"),
    path("actions/evidence/<uuid:pk>/", overview_pages.evidence_file, name="evidence-file"),
    path("actions/owners/", owner_change_pages.owner_changes_page, name="owner-changes"),
    path("actions/owners/<uuid:pk>/", owner_change_pages.owner_change_page, name="owner-change"),
    path("actions/owners/<uuid:pk>/give/", owner_change_pages.do_owner_change, name="do-owner-change"),
    path("actions/owners/<uuid:pk>/undo/", owner_change_pages.undo_owner_change, name="undo-owner-change"),
    path("reminders/", reminder_pages.reminders_page, name="reminders"),
    path("reminders/weekly/", reminder_pages.weekly, name="weekly"),
    path("reminders/calendar/", reminder_pages.new_address, name="new-address"),
    path("reminders/calendar/revoke/", reminder_pages.no_address, name="no-address"),
    path("calendar/<str:token>/actions.ics", reminder_pages.calendar, name="calendar"),
    path("actions/loads/", load_pages.loads_page, name="loads"),
    path("actions/loads/template/", load_pages.template_page, name="load-template"),
    path("actions/loads/<uuid:pk>/", load_pages.load_page, name="load"),
    path("actions/loads/<uuid:pk>/problems/", load_pages.problems_file, name="load-problems-export"),
    path("actions/loads/<uuid:pk>/load/", load_pages.load_all, name="load-all"),
    path("actions/loads/<uuid:pk>/undo/", load_pages.undo_all, name="undo-load"),
    path("actions/sources/add/", source_pages.add_source_page, name="add-source"),
    path(f"{SOURCE}/", source_pages.source_page, name="source"),
    path(f"{SOURCE}/add/", source_pages.add_to_page, name="add-to"),
    path(f"{SOURCE}/record/", source_pages.name_record_page, name="name-record"),
    path(f"{SOURCE}/recommend/", source_pages.add_recommendation_page, name="add-recommendation"),
    path(f"{ONE}/", action_pages.action_page, name="action"),
    path(f"{ONE}/change/", action_pages.change_page, name="change"),
    path(f"{ONE}/move/", action_pages.move_page, name="move"),
    path(f"{ONE}/note/", action_pages.note_page, name="note"),
    path(f"{ONE}/ask/", asking_pages.ask_page, name="ask"),
    path(f"{ONE}/evidence/", action_pages.evidence_page, name="give-evidence"),
    path(f"{ONE}/close/", action_pages.close_page, name="close"),
    path(f"{ONE}/verify/", action_pages.verify_page, name="verify"),
    path(f"{ONE}/impact/", action_pages.impact_page, name="check-impact"),
    path(f"{ONE}/reopen/", action_pages.reopen_page, name="reopen"),
]
