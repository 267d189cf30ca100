"""One state folder for all the commands that only read."""

import pytest

from tests.commands.murphyd import Murphyd, a_day


@pytest.fixture(scope="package")
def murphyd(tmp_path_factory: pytest.TempPathFactory) -> Murphyd:
    return a_day(tmp_path_factory.mktemp("murphyd"))
