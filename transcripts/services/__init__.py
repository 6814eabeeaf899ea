"""The verbs: a paper becomes rows."""

from transcripts.services.importing import ImportResult, import_paper
from transcripts.services.revising import NotAVersionError

__all__ = ["ImportResult", "NotAVersionError", "import_paper"]
