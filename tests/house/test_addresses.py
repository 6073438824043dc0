"""No list puts what somebody types into its address: addresses end up in logs and histories."""

import sys

import django_filters
import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import get_resolver

from safeboard.foundation.pages.register import Register
from tests.house.synthetic import house

FREE_TEXT = django_filters.CharFilter


def registers() -> dict[str, Register]:
    """Every register of the house by its key."""
    assert get_resolver().url_patterns  # every room is loaded by its addresses
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("safeboard.")]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, Register)]
    return {each.key: each for each in found}


@pytest.mark.django_db
def test_no_filter_of_any_list_takes_free_text() -> None:
    request = RequestFactory().get("/")
    request.viewer = house().viewer("safeguarding_manager")  # type: ignore[attr-defined]
    free = {}
    for key, register in registers().items():
        if register.filters is not None:
            rows = register.rows(request.viewer, "find")  # type: ignore[attr-defined, arg-type]
            filters = register.filters(data=QueryDict(), queryset=rows, request=request).filters
            free[key] = [name for name, each in filters.items() if type(each) is FREE_TEXT]
    assert len(free) > 12
    assert {key: names for key, names in free.items() if names} == {}
