"""Connections that say too little are ended soon here; whatever must be answered has as long as it takes."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping

import pytest

from tests.unhurried import UnhurriedLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    return {"unhurried": UnhurriedLoop}
