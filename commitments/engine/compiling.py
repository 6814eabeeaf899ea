"""What goes for everything that compiles many regular expressions."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector out of a block, or of a function that is marked with it.

    To compile makes thousands of small trees, for which it would walk through all that the process holds, again and
    again; they go without it.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
