"""Each test begins with nobody having tried anything; one provider serves them all."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.house.synthetic import house
from tests.signing_in.agency import PEOPLE, Tied
from tests.signing_in.provider import Provider, provider


@pytest.fixture(autouse=True)
def _no_tries(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def at_agency() -> Iterator[Provider]:
    with provider(PEOPLE) as up:
        yield up


@pytest.fixture
def tied(at_agency: Provider) -> Tied:
    """A new house, known at the provider, with a chair in its board and a practitioner in its police."""
    here = house()
    here.user("chair")
    here.user("practitioner", "police")
    back = f"http://testserver/account/oidc/agency-{here.agencies['board'].pk}/login/callback/"
    tied = Tied(here, at_agency, *at_agency.client(back))
    tied.set()
    return tied
