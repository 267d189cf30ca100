"""Logs: one event a line, readable on a terminal, JSON elsewhere. Nobody's words, number or secret is in them."""

import logging
import os
import re
import sys
from contextlib import suppress

import structlog

_NUMBER = re.compile(r"(?<![\w+])(\+[1-9][0-9])[0-9]{3,10}([0-9]{3})(?![0-9])", re.ASCII)
"""A telephone number (E.164): its first and last digits tell people apart well enough."""


def configure_logs(*, level: int = logging.INFO) -> None:
    """To standard error; what libraries log by the standard library comes the same way."""
    terminal = sys.stderr.isatty()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_numbers,
    ]
    plain = bool(os.environ.get("NO_COLOR"))
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=not plain, exception_formatter=structlog.dev.plain_traceback)
        if terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    if terminal:
        shared[shared.index(structlog.processors.format_exc_info)] = _harmless
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _Lines(sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, last])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


class _Lines(structlog.PrintLogger):
    """A line that cannot be written is lost: a full disk, or a reader that has gone, stops nothing."""

    def msg(self, message: str) -> None:
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


def _harmless(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What others say of themselves, as in a server's refusal, moves no cursor and makes no line of its own."""
    for key, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            event[key] = repr(value)
    return event


def _without_numbers(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Whoever has no mail address is known by a number."""
    for key, value in event.items():
        match value:
            case str() if "+" in value:
                event[key] = _NUMBER.sub(r"\1…\2", value)
            case list() | tuple() if all(isinstance(one, str) for one in value):
                event[key] = [_NUMBER.sub(r"\1…\2", one) for one in value]
    return event


def _plain(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drops what the bridge from the standard library adds for itself."""
    for key in ("_record", "_from_structlog"):
        event.pop(key, None)
    return event
