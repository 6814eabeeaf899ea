"""A bar for what takes longer than a second, where somebody is looking."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")


def progress(items: Iterable[Item], *, total: int, what: str, unit: str) -> Iterator[Item]:
    """Yield `items`; a bar on stderr appears after a second, and only on a terminal."""
    yield from tqdm(items, total=total, desc=what, unit=unit, delay=1, leave=False, disable=None, file=sys.stderr)


def aside() -> AbstractContextManager[None]:
    """Lines written inside stand above the bar instead of in it."""
    return tqdm.external_write_mode(file=sys.stdout)
