"""The verbs: a paper becomes rows."""

from transcripts.services.importing import ImportResult, import_paper
from transcripts.services.removing import NotRemovedError, remove, why_it_stays
from transcripts.services.versions import NotAVersionError

__all__ = ["ImportResult", "NotAVersionError", "NotRemovedError", "import_paper", "remove", "why_it_stays"]
