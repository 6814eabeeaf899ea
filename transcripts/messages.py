"""What readers, parsers and the importer have to tell a person: each sentence by its code, in English until a door
words it in the reader's language (see wording.py). Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Self

_PLACES = re.compile(r"%\((\w+)\)[sd]")
EITHER = "either"  # the parameter of which one is meant; all other lists are of several at once


@dataclass(frozen=True, slots=True)
class Template:
    """The English words of a sentence, with places such as %(name)s. many: for a `number` other than one."""

    one: str
    many: str = ""

    @property
    def places(self) -> frozenset[str]:
        return frozenset(_PLACES.findall(self.one + self.many))


# Nothing is translated here. `make messages` collects words for the translators by the names of these two functions.
def gettext(one: str) -> Template:
    return Template(one)


def ngettext(one: str, many: str) -> Template:
    return Template(one, many)


class Sentence(Enum):
    """Every refusal and every warning. Its name is its code, which is stored: a name once released stays.

    Calling one with its parameters makes the Message. A refusal goes on after the name of the file and a colon.
    """

    # What the bytes are
    EMPTY = gettext("the file is empty; choose the file that holds the text.")
    TOO_LARGE = gettext("the file is larger than %(limit)d MB; split it and give the parts.")
    NO_TEXT = gettext("there is no text in it; choose the file that holds the text.")
    TOO_LONG = gettext("there is more text in it than in a hundred reports; split it and give the parts.")
    TOO_MANY = gettext(
        "there are more turns, agenda items or people in it than in a hundred reports; split it and give the parts."
    )
    PICTURE = gettext("this is a picture; have its text recognised (OCR) and give that as PDF or plain text.")
    ARCHIVE = gettext("this is an archive; unpack it and give the files in it.")
    RECORDING = gettext("this is a recording of sound or film; give the written report instead.")
    PROGRAM = gettext("this is a program or a data file; give the document itself.")
    OFFICE_LOCKED = gettext("this Office document is protected with a password; save it without one.")
    OLD_OFFICE = gettext(
        "this is an old Office document (.doc, .xls); open it and save it as .docx, PDF or plain text."
    )
    POSTSCRIPT = gettext("this is a PostScript file; save it as PDF.")
    RTF = gettext("this is an RTF document; open it and save it as .docx, PDF or plain text.")
    SPREADSHEET = gettext("this is a spreadsheet; save the text in it as plain text.")
    SLIDES = gettext("this is a slide show; save it as PDF.")
    NO_LETTERS = gettext("there are hardly any letters in it; give a document whose words can be selected and copied.")
    OTHER_XML = gettext(
        "this is XML of a kind that is not read (%(root)s); give the document as PDF, .docx or plain text."
    )
    JSON = gettext("this is data for programs (JSON); give the document itself.")
    MAIL = gettext("this is an e-mail; save its attachment, or the text in it, and give that.")
    OPEN_DOCUMENT = gettext("this is an OpenDocument file; save it as PDF or plain text.")

    # Characters
    NOT_TEXT = gettext("this is not text; give a text, a PDF with a text layer, or another document of words.")
    UTF16_UNMARKED = gettext("this is UTF-16 text without its mark; save it again as UTF-8.")
    ENCODING_DAMAGED = gettext("the file says it is %(encoding)s but is damaged; save it again as UTF-8.")
    REPAIRED = ngettext(
        "%(number)d damaged character (UTF-8 read as Windows-1252) was repaired; check the accents.",
        "%(number)d damaged characters (UTF-8 read as Windows-1252) were repaired; check the accents.",
    )
    CHARACTERS_LOST = ngettext(
        "%(number)d character of this UTF-8 text is damaged; it is shown as �.",
        "%(number)d characters of this UTF-8 text are damaged; they are shown as �.",
    )
    READ_AS_CP1252 = gettext("The file is not UTF-8; it was read as Windows-1252. Check the accents.")

    # PDF and Word
    PDF_DAMAGED = gettext("this PDF is damaged and cannot be read; open it in a PDF reader and print it to a new PDF.")
    PDF_LOCKED = gettext("this PDF is protected by a password; save a copy without the password.")
    PDF_TOO_LARGE = gettext("this PDF is too large to unpack; split it and give the parts.")
    PDF_TOO_MANY_PAGES = gettext("this PDF has too many pages; split it and give the parts.")
    PDF_ENCRYPTED = gettext("this PDF is encrypted in a way that is not supported; save a copy without protection.")
    PDF_TOO_SLOW = gettext(
        "this PDF takes too long to read; open it in a PDF reader and print it to a new PDF, or give its text."
    )
    PDF_SCANNED = gettext("this PDF has no text layer (a scan?); have its text recognised (OCR) and give the new PDF.")
    PAGE_UNREADABLE = gettext("Page %(page)d could not be read.")
    PAGES_WITHOUT_TEXT = ngettext(
        "%(number)d of %(all)d pages holds no text (a picture?): %(pages)s.",
        "%(number)d of %(all)d pages hold no text (pictures?): %(pages)s.",
    )
    WORD_DAMAGED = gettext(
        "this Word document is damaged or cut off; open it in Word, save it again, or save it as PDF."
    )
    WORD_BOMB = gettext("this Word document is far larger inside than it says; it was not opened.")
    WORD_LOCKED = gettext("this Word document is protected with a password; save it without one.")

    # XML and web pages
    OWN_ENTITIES = gettext(
        "it defines XML entities of its own, which are never resolved; save it without them or as plain text."
    )
    TOO_MANY_TAGS = gettext(
        "there are more than %(most)d tags in it; split the document and give the parts, or its plain text."
    )
    TOO_MANY_ATTRIBUTES = gettext("there are more than %(most)d attributes in it; give its plain text instead.")
    LONG_TAG = gettext("a tag in it has thousands of attributes; save the document again, or as plain text.")
    XML_DAMAGED = gettext("the XML is damaged or cut off; fetch the file again and give it whole.")
    XML_DAMAGED_AT = gettext("the XML is damaged or cut off (line %(line)d); fetch the file again and give it whole.")
    PERSONS_ALONE = gettext(
        "this is the list of persons of a corpus, without a word spoken; give the sittings in the same folder, "
        "it is read along with them."
    )
    SITTINGS_TOGETHER = gettext("this is a corpus of %(count)d sittings in one file; give each sitting as a file.")
    VLOS_WITHOUT_MEETING = gettext("there is no meeting in this VLOS document; fetch the report itself.")
    NO_PAGE = gettext("there is no page in it; save the web page again, or give its text.")
    NO_SAVED_PAGE = gettext("there is no page in this saved file; save the web page again, or give its text.")
    SAVED_PAGE_DAMAGED = gettext("this saved page is damaged or cut off; save the web page again.")
    PAGE_TOO_DEEP = gettext("the web page is nested too deep or broken off; save it again, or give its text.")
    PAGE_WITHOUT_SPEECH = gettext(
        "nobody speaks on this web page; save the page of the report itself, or give its text."
    )
    PAGE_LINE_TOO_LONG = gettext("one line of the web page is longer than any speech; save it again.")

    # Exports and the web service
    AGENDA_ALONE = gettext(
        "this is the agenda of an export, without a word spoken; give the file *_content.csv in the same folder, "
        "it is read along with it."
    )
    TOO_MANY_ROWS = gettext("there are more than %(most)d rows in it; export a shorter period.")
    NO_ROWS = gettext("there are no rows in this export; export it again.")
    ROW_TOO_WIDE = gettext("row %(row)d of this export has more cells than its head; export it again.")
    EXPORT_DAMAGED = gettext("the export is damaged or cut off at line %(line)d; export it again.")
    EXPORT_INCOMPLETE = gettext(
        "An export leaves out the turns of the chair and does not always keep the order of speaking; "
        "compare with the report where the order matters."
    )
    ANSWERS_DAMAGED = gettext("the answers of the web service are damaged or cut off; fetch them again.")
    ANSWERS_WITHOUT_MEETING = gettext("there is no meeting in these answers of the web service; fetch them again.")
    NOTHING_SPOKEN_YET = gettext("The web service tells of no words spoken at this meeting yet.")
    SERVICE_PROVISIONAL = gettext("The report of this meeting is provisional; it is read again when it is complete.")
    MEETING_FIELD_UNUSABLE = gettext(
        "The web service gives no usable “%(field)s” for the meeting: it is missing or its shape has changed."
    )
    LINE_FIELD_UNUSABLE = gettext(
        "The web service gives no usable “%(field)s” for line %(line)s: it is missing or its shape has changed."
    )
    ITEM_FIELD_UNUSABLE = gettext(
        "The web service gives no usable “%(field)s” for “%(item)s”: it is missing or its shape has changed."
    )

    # The file itself and what lies beside it
    SEVERAL_MEETINGS = gettext("it is one of %(count)d meetings in a file; give one at a time.")
    DEVICE = gettext("this is a device or a pipe; give a file.")
    NO_SUCH_FILE = gettext("there is no such file; check the name.")
    FOLDER = gettext("this is a folder; name the files in it.")
    CANNOT_OPEN = gettext("cannot be opened (%(reason)s).")
    META_NOT_TOML = gettext("not readable as TOML (%(reason)s); write lines such as date = 2023-02-28.")
    META_TOO_LARGE = gettext("larger than %(limit)d kB; write a few lines such as date = 2023-02-28.")
    META_UNKNOWN_KEY = gettext("unknown key %(key)s; known are %(known)s.")
    META_NOT_WORDS = gettext('%(key)s must be words between quotation marks, as in %(key)s = "…".')
    META_ADDRESS = gettext("url must begin with https:// or http://.")
    META_LONG_ADDRESS = gettext("url may have %(most)d characters at the most; give a shorter one.")
    META_KIND = gettext("kind is one of %(known)s, not %(value)s.")
    META_DATE = gettext("date must be a day, as in date = 2023-02-28.")
    NOT_READ_ALONG = gettext("%(name)s, which lies beside it, was not read along: %(reason)s")

    # What a paper has to say
    LACKS_MEETING_DATE = gettext(
        "no meeting date found in the text; give --date YYYY-MM-DD or write %(meta)s with a line date = 2023-02-28"
    )
    LACKS_ANSWER_DATE = gettext(
        "no date of the answer found in the text; give --date YYYY-MM-DD or write %(meta)s with a line "
        "date = 2023-02-28"
    )
    LACKS_DATE = gettext(
        "no date found in the text; give --date YYYY-MM-DD or write %(meta)s with a line date = 2023-02-28"
    )
    LACKS_KIND = gettext(
        "the kind of document was not recognised; give --kind verslag, schriftelijke-vraag or beleidsnota, "
        'or write %(meta)s with a line kind = "verslag"'
    )
    LACKS_MINISTER = gettext(
        'no minister found in the text; give --minister NAME or write %(meta)s with a line minister = "First Last"'
    )

    # What was and was not understood
    NOT_UNDERSTOOD = gettext("Not understood on page %(page)d: “%(words)s”.")
    MORE_NOT_UNDERSTOOD = ngettext("Not understood: %(number)d more place.", "Not understood: %(number)d more places.")
    OTHER_DATE_USED = gettext("The text gives %(printed)s as its date; %(given)s was used.")
    OTHER_DATE_PRINTED = gettext("Some pages carry another date (%(day)s); check the date of the meeting.")
    OTHER_DAY_OF_MEETING = gettext("The report names another day of meeting (%(day)s); check the date.")
    NO_SPEAKER = gettext(
        "No speaker was found in this report, neither as a label nor in sentences that tell who said what."
    )
    NO_SPEECH = gettext("No speech was found in this document; all its words are kept as headings and notes.")
    NOT_DUTCH = gettext("This document is not in Dutch; its text was kept, and none of it was read as speech.")
    NO_ANSWER = gettext("No answer was found in this written question; only the question was read.")
    SPEAKER_LINE_MISSING = ngettext(
        "In %(number)d place the chair gives the floor but the line that names the speaker is missing: "
        "what was said there stands under the chair.",
        "In %(number)d places the chair gives the floor but the line that names the speaker is missing: "
        "what was said there stands under the chair.",
    )
    NOBODY_ANNOUNCED = ngettext(
        "%(number)d turn names nobody and was announced by nobody; the words are kept.",
        "%(number)d turns name nobody and were announced by nobody; the words are kept.",
    )
    SPEAKERS_UNANNOUNCED = gettext(
        "Nobody announces these speakers: %(speakers)s. Their words have a turn of their own; check it."
    )
    MAY_BE_SPEAKERS = gettext(
        "These words may name a speaker, but nothing says so: %(labels)s. They stay in the turn before."
    )
    THIRD_PERSON = gettext(
        "The report tells in the third person what was said; who said it was read from its sentences."
    )
    GO_WITH_THE_ONE_BEFORE = gettext("Paragraphs that go with the person named before them: %(count)d.")
    NOBODY_NAMED = gettext("Paragraphs nobody is named for: %(count)d (page %(pages)s); they have no speaker.")
    PROVISIONAL = ngettext(
        "The report is provisional: %(number)d turn is not available yet; import it again when it is complete.",
        "The report is provisional: %(number)d turns are not available yet; import it again when it is complete.",
    )
    PAGE_PROVISIONAL = gettext("The page says that this report is provisional; import it again when it is final.")

    # People and the register
    SPEAKER_UNSAID = ngettext(
        "The text does not say who speaks (from page %(page)d on, %(number)d turn); "
        "the words are kept without a speaker.",
        "The text does not say who speaks (from page %(page)d on, %(number)d turns); "
        "the words are kept without a speaker.",
    )
    SPEAKER_UNKNOWN = ngettext(
        "Who speaks as “%(label)s” is not known (from page %(page)d on, %(number)d turn); "
        "the words are kept without a speaker.",
        "Who speaks as “%(label)s” is not known (from page %(page)d on, %(number)d turns); "
        "the words are kept without a speaker.",
    )
    SURNAME_OF_SEVERAL = gettext("“%(name)s” may be %(either)s; nobody was chosen.")
    OTHER_PORTFOLIO = gettext(
        "A heading names %(person)s, %(office)s, on %(day)s; the register gives another portfolio: %(known)s."
    )
    OTHER_PERSON = gettext(
        "A heading names %(person)s, %(office)s, on %(day)s; the register gives another person: %(known)s."
    )
    OUTSIDE_THE_DAYS = gettext(
        "A heading names %(person)s, %(office)s, on %(day)s; that is outside the days the register gives."
    )
    MINISTER_UNKNOWN = gettext(
        "A heading names %(person)s, %(office)s, on %(day)s; the register does not know this minister."
    )

    # Versions
    PROVISIONAL_AFTER_COMPLETE = gettext(
        "This is a provisional version of “%(document)s”, which is complete here: both are kept. "
        "If the complete one was withdrawn, import this on the page of that document."
    )
    OTHER_WORDS = gettext(
        "“%(document)s” is of the same meeting or number, but holds other words: both are kept. "
        "If this is a corrected version of it, import it on the page of that document."
    )
    EXCERPT = gettext(
        "This is an excerpt of “%(document)s”, which holds more: both are kept. "
        "If it is a corrected version of it, import it on the page of that document."
    )
    HERE_AS_ANOTHER = gettext("this file is already here as another document, “%(document)s”.")
    OTHER_KIND = gettext("this is a %(kind)s and “%(document)s” a %(other_kind)s; import it as its own.")
    NO_VERSION = gettext(
        "most of its words do not stand in “%(document)s”, so it is no version of it; import it as its own."
    )
    OLDER_PARTICULARS = gettext(
        "These are the bytes of an older version; what you gave of date, kind or minister changes nothing. "
        "Give it with the newest file."
    )
    PARTICULARS_AS_BEFORE = gettext(
        "What lies beside the file gives another date, kind or minister than a person gave since; "
        "that was kept. Give it with the import itself to change it."
    )
    PROGRAM_ERROR = gettext("an error in the program stopped the import (%(error)s); nothing of it was kept.")

    def __call__(self, **params: "str | int | date | tuple[str, ...]") -> "Message":
        return Message(self, params)

    @property
    def template(self) -> Template:
        value: Template = self.value
        return value


class Message(str):
    """A sentence with what is filled in. As a string it is the English of it."""

    sentence: Sentence
    params: Mapping[str, Any]

    def __new__(cls, sentence: Sentence, params: Mapping[str, Any]) -> Self:
        """Raises ValueError where the parameters are not those of the sentence."""
        template = sentence.template
        if params.keys() != template.places | ({"number"} if template.many else set()):
            raise ValueError(f"{sentence.name} has {sorted(template.places)} to fill in, not {sorted(params)}")
        words = template.many if template.many and params["number"] != 1 else template.one
        made = super().__new__(cls, words % {name: _english(name, value) for name, value in params.items()})
        made.sentence = sentence
        made.params = params
        return made

    def as_json(self) -> dict[str, Any]:
        """Return what a JSON column keeps of it."""
        return {"code": self.sentence.name, "params": {name: _json(value) for name, value in self.params.items()}}


def from_json(kept: Any) -> str:
    """Return the Message a JSON column kept; what was kept as words, or under a code that is gone, as words."""
    if not isinstance(kept, dict) or kept.get("code") not in Sentence.__members__:
        return str(kept)
    try:
        return Message(Sentence[kept["code"]], {name: _value(one) for name, one in kept["params"].items()})
    except (KeyError, TypeError, ValueError):
        return str(kept)


def _english(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        *first, last = value or ("",)
        return f"{', '.join(first)} {'or' if name == EITHER else 'and'} {last}" if first else last
    return value


def _json(value: Any) -> Any:
    if isinstance(value, Message):
        return value.as_json()
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _value(kept: Any) -> Any:
    if isinstance(kept, list):
        return tuple(str(one) for one in kept)
    if isinstance(kept, dict):
        return date.fromisoformat(kept["day"]) if "day" in kept else from_json(kept)
    return kept
