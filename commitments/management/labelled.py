"""The labelled documents, as the commands take them."""

from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper

from commitments.learning.labels import LabelledSet, read_sets


def labelled_sets(manifest: Path, beside: OutputWrapper) -> list[LabelledSet]:
    """Read the sets that a manifest names, and say on `beside` which are left out because they are not at hand.

    Raises CommandError where the manifest cannot be read.
    """
    try:
        sets = read_sets(manifest)
    except (OSError, ValueError) as problem:
        raise CommandError(f"The labelled sets cannot be read: {problem}") from problem
    for one in sets:
        if one.missing:
            beside.write(f"Left out: {one.name}, because {one.missing} is not here.")
    return sets
