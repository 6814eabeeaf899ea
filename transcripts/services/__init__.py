"""The verbs: a paper becomes rows."""

from transcripts.services.importing import ImportResult, import_paper

__all__ = ["ImportResult", "import_paper"]
