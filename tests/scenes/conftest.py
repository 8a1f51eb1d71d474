import pytest

from regviz.lessons import catalogue
from tests.scenes.cases import CASES


@pytest.fixture(scope="session", params=CASES)
def values(request):
    return CASES[request.param]


@pytest.fixture(scope="session")
def exhibit(values):
    return catalogue.exhibit("corner", values)
