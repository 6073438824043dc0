"""Registers for areas: declare a `Register` with its `Column`s, put `register_urls` of it into the area's addresses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from safeboard.foundation.access.doors import door
from safeboard.foundation.access.words import Action
from safeboard.foundation.pages import exports, register_page, saved_view_pages
from safeboard.foundation.pages.columns import Column
from safeboard.foundation.pages.register import Register

__all__ = ["Column", "Register", "register_urls"]


def register_urls(register: Register) -> list[URLPattern]:
    """The addresses of a register, its doors in them: the list is named by the register's key, the rest after it."""

    def page(show: Callable[..., HttpResponse], action: Action, file_by: str = "") -> Callable[..., HttpResponse]:
        @door(register.module, action, file_by=file_by)
        def of_register(request: HttpRequest, **keys: int) -> HttpResponse:
            return show(register, request, **keys)

        return of_register

    find, key = Action.FIND, register.key
    delete = require_POST(page(saved_view_pages.delete, find))
    return [
        path("", page(register_page.show, find), name=key),
        path("export/", page(exports.export, Action.EXPORT, "POST"), name=f"{key}-export"),
        path("views/", page(saved_view_pages.save, find), name=f"{key}-views"),
        path("views/<int:pk>/", page(saved_view_pages.show, find), name=f"{key}-view"),
        path("views/<int:pk>/delete/", delete, name=f"{key}-view-delete"),
    ]
