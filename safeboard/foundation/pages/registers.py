"""Registers for areas: declare a `Register` with its `Column`s, put `register_urls` of it into the area's addresses."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from safeboard.foundation.access.doors import door
from safeboard.foundation.access.words import Action
from safeboard.foundation.pages import register_page
from safeboard.foundation.pages.columns import Column
from safeboard.foundation.pages.register import Register

__all__ = ["Column", "Register", "register_urls"]


def register_urls(register: Register) -> list[URLPattern]:
    """The addresses of a register, its doors in them: the list is named by the register's key."""

    @door(register.module, Action.FIND)
    def list_page(request: HttpRequest) -> HttpResponse:
        return register_page.show(register, request)

    return [path("", list_page, name=register.key)]
