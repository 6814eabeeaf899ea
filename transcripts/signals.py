"""What the room of transcripts tells the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.dispatch import Signal

# Sent with `document` inside the transaction of the import: what a receiver writes stands or falls with the document.
document_imported = Signal()

# Sent with `revised` (Revised) inside the transaction of a new version, after its turns are written and before what
# vanished is removed. A receiver may answer with Claims.
document_revised = Signal()

# Sent with `document` inside the transaction that would remove it. A receiver answers with a sentence that says why the
# document has to stay, or with nothing.
document_removing = Signal()


@dataclass(frozen=True, slots=True)
class Revised:
    """A document that holds another version now.

    before           what each speech said in the version before, by id
    speeches, items  ids of what the new version no longer has; they are still there, and go unless somebody claims them
    """

    document: Any
    before: Mapping[int, str]
    speeches: frozenset[int]
    items: frozenset[int]


@dataclass(slots=True)
class Claims:
    """What has to stay though the new version no longer has it, and what the new version changed elsewhere.

    changes  entries for Revision.changes (see services.changes)
    """

    speeches: set[int] = field(default_factory=set)
    items: set[int] = field(default_factory=set)
    changes: list[dict[str, Any]] = field(default_factory=list)
