"""Everything that hangs on one row hangs on another: found through the models, so that no room has to be named."""

from collections import Counter
from typing import Any

from django.db import models


def relations(row: models.Model) -> list[Any]:
    """Return every relation of another model to the model of `row`, those without a name included."""
    return [
        field
        for field in row._meta.get_fields(include_hidden=True)
        if isinstance(field, (models.ManyToOneRel, models.OneToOneRel)) and not isinstance(field, models.ManyToManyRel)
    ]


def is_told(relation: Any) -> bool:
    """Tell whether a relation is worth telling: the copies that keep a row's history move along unsaid."""
    return bool(relation.field.db_constraint)


def hanging(row: models.Model) -> Counter[str]:
    """Count what hangs on a row, by the name of its kind in the plural."""
    counts: Counter[str] = Counter()
    for relation in relations(row):
        if is_told(relation):
            found = _rows(relation, row).count()
            if found:
                counts[str(relation.related_model._meta.verbose_name_plural)] += found
    return counts


def move_everything(row: models.Model, into: models.Model) -> Counter[str]:
    """Let everything that hangs on `row` hang on `into`; count it by the name of its kind in the plural.

    Where a unique column forbids it, the caller has to make room first: the database refuses, and nothing moves.
    """
    moved: Counter[str] = Counter()
    for relation in relations(row):
        found = _rows(relation, row).update(**{relation.field.name: into})
        if found and is_told(relation):
            moved[str(relation.related_model._meta.verbose_name_plural)] += found
    return moved


def _rows(relation: Any, row: models.Model) -> models.QuerySet[Any]:
    return relation.related_model._base_manager.filter(**{relation.field.name: row})
