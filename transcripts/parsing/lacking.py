"""What a paper must say, or be told beside it."""

from transcripts.messages import Sentence
from transcripts.reading.source import UnreadableError

_LACKS = {
    Sentence.LACKS_MEETING_DATE: "date",
    Sentence.LACKS_ANSWER_DATE: "date",
    Sentence.LACKS_DATE: "date",
    Sentence.LACKS_KIND: "kind",
    Sentence.LACKS_MINISTER: "minister",
}


class LackingError(UnreadableError):
    """The text does not say something that must be known. `lacks` is "date", "kind" or "minister".

    meta: the file in which it may be written.
    """

    def __init__(self, sentence: Sentence, name: str = "", meta: str = "NAME.meta.toml") -> None:
        self.lacks = _LACKS[sentence]
        self.sentence = sentence
        super().__init__(sentence(meta=meta), name)
