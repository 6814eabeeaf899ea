"""How the log is written: an event a line, with the number of the request or the task that it belongs to.

A server writes JSON for a collector of logs, a desk plain lines. The number is bound where the request comes in
(tracker.middleware) and travels with the tasks that the request queues (django-structlog), so that one search finds all
that one click set off. No address, no query and no name of a user is written: who did what stands in the events.
"""

from typing import Any

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

LINE, JSON = "line", "json"
FORMATS = (LINE, JSON)
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _one_message(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Write the words under the name that collectors of logs look for."""
    event["message"] = event.pop("event", "")
    return event


# What every line carries, whether structlog or the standard library wrote it.
COMMON: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)
RENDERED: dict[str, tuple[Processor, ...]] = {
    LINE: (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),),
    JSON: (
        structlog.processors.format_exc_info,
        _one_message,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ),
}


def configuration(*, form: str, level: str) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes: every logger to standard error, in `form` (one of FORMATS)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": list(COMMON),
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *RENDERED[form]],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Each would write a request or a task a second time, in words of its own.
            "django.request": {"level": "CRITICAL"},
            "celery.app.trace": {"level": "CRITICAL"},
        },
    }


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *COMMON,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
