"""A default that the database itself fills in, on both databases."""

from typing import Any

from django.db import models
from django.db.models import Func


class AnyUuid(Func):
    """A new permanent id for each row: of what was there before the column, and of what older code writes."""

    allowed_default = True
    function = "gen_random_uuid"
    output_field = models.UUIDField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        # 32 digits in hexadecimal, as Django keeps a UUID there, of version 4.
        template = (
            "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2)"
            " || '8' || substr(hex(randomblob(2)), 2) || hex(randomblob(6)))"
        )
        return self.as_sql(compiler, connection, template=f"({template})", **context)
