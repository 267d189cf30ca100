"""A canary that is lost is given up soon here; one that must come back has as long as it takes."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping

import pytest

from tests.unhurried import UnhurriedLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    return {"unhurried": UnhurriedLoop}
