"""What holds for every test: one that is skipped has failed, and random input is the same in every run of `make test`.

`make fuzz` runs the same properties with fresh random input, for long.
"""

import logging
from collections.abc import Generator

import pytest
import structlog
from hypothesis import HealthCheck, settings

settings.register_profile("test", derandomize=True, deadline=None, database=None)
settings.register_profile(
    "fuzz", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("test")

# The fancy one takes seconds, as it prints the whole state.
structlog.configure(
    processors=[structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
)


@pytest.fixture(autouse=True)
def _log() -> Generator[None]:
    """What one test makes of the log is not another's: a command run in the test's own process takes both logs over."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, so nothing was shown: {call.excinfo and call.excinfo.value}"
    return report
