"""What a paper must say, or be told beside it."""

from transcripts.reading.source import UnreadableError

_SENTENCES = {
    "date": "no {what} found in the text; give --date YYYY-MM-DD or write {meta} with a line date = 2023-02-28",
    "kind": "the kind of document was not recognised; give --kind verslag, schriftelijke-vraag or beleidsnota, "
    'or write {meta} with a line kind = "verslag"',
    "minister": "no minister found in the text; give --minister NAME or write {meta} with a line "
    'minister = "First Last"',
}


class LackingError(UnreadableError):
    """The text does not say something that must be known. `lacks` is "date", "kind" or "minister"."""

    def __init__(self, lacks: str, what: str = "meeting date") -> None:
        self.lacks = lacks
        self.what = what
        super().__init__(self.sentence("a file NAME.meta.toml beside it"))

    def sentence(self, meta: str) -> str:
        """Return the sentence that asks for it, naming the file `meta` to write."""
        return _SENTENCES[self.lacks].format(what=self.what, meta=meta)
