"""Words of a document cut to the column they go in: a heading read wrongly is a warning, never a failed import."""

from django.db import models


def fit(model: type[models.Model], field: str, words: str) -> str:
    """Return `words` with at most as many characters as the column takes, the cut shown by an ellipsis."""
    longest = model._meta.get_field(field).max_length  # type: ignore[union-attr]
    return words if longest is None or len(words) <= longest else words[: longest - 1] + "…"
