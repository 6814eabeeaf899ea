"""A document has another version: its statements are laid upon the new words, and what was judged keeps its own."""

from collections import defaultdict
from datetime import date

from django.db.models import F

from commitments.models import Event, Extraction, FollowUp, Statement
from commitments.services import due, finding
from commitments.services.merging import touched
from commitments.services.redating import redate
from transcripts.models import Speech
from transcripts.services import changes
from transcripts.signals import Claims, Revised

ASIDE = 100_000_000  # characters: farther than any speech is long
State = Statement.State
Place = tuple[int, int, int]  # id of the speech, start, end


def lay_anew(*, revised: Revised, day: date) -> Claims:
    """Lay the statements of a revised document upon its new words; inside the transaction of the import on `day`.

    1. Lock the document's Extraction, so that the engine does not write about the version before; it waits again.
    2. A judged statement stays on its words: in its turn, else in another turn of the same person in the item. Where
       they stand nowhere it has lost its place: it keeps its words, and is told of. Found again, it has one again.
    3. A statement nobody judged goes along with the words around it, for the engine to read again; without any it is
       withdrawn.
    4. Where the document's day is another one, judged statements were said on that day, too.
    5. Claim the turns on which a judged statement still hangs, and the items somebody follows up.
    """
    extraction, _made = Extraction.objects.get_or_create(document=revised.document)
    extraction = Extraction.objects.select_for_update().get(pk=extraction.pk)
    extraction.state = Extraction.State.WAITING
    extraction.error = ""
    extraction.save()
    anew = _Anew(revised, day)
    anew.run()
    redate(document=revised.document, day=day)
    claims = anew.claims
    claims.items |= set(FollowUp.objects.filter(item__in=revised.items).values_list("item_id", flat=True))
    return claims


class _Anew:
    def __init__(self, revised: Revised, day: date) -> None:
        self.revised = revised
        self.day = day
        self.claims = Claims()
        self.events: list[Event] = []
        self.speeches = {
            one.pk: one for one in Speech.objects.filter(item__document=revised.document).select_related("item")
        }
        self.in_item: dict[int, list[Speech]] = defaultdict(list)
        for speech in sorted(self.speeches.values(), key=lambda one: one.position):
            if speech.pk not in revised.speeches:
                self.in_item[speech.item_id].append(speech)
        self.statements = list(
            Statement.objects.select_for_update().filter(speech__item__document=revised.document).order_by("pk")
        )
        self.at: dict[Place, Statement] = {}
        self.ends: dict[int, int] = {}

    def run(self) -> None:
        moving = [row for row in self.statements if self._may_move(row)]
        chosen = {row.pk for row in moving}
        for row in self.statements:
            self.ends[row.speech_id] = max(self.ends.get(row.speech_id, 0), row.end)
            if row.pk not in chosen:
                self.at[row.speech_id, row.start, row.end] = row
        Statement.objects.filter(pk__in=chosen).update(start=F("start") + ASIDE, end=F("end") + ASIDE)
        for row in sorted(moving, key=lambda one: (not touched(one), one.pk)):
            if touched(row):
                self._place_judged(row)
            else:
                self._place_machine(row)
        Event.objects.bulk_create(self.events)

    def _may_move(self, row: Statement) -> bool:
        if row.displaced or row.speech_id in self.revised.speeches:
            return True
        return self.revised.before.get(row.speech_id) != self.speeches[row.speech_id].text

    def _place_judged(self, row: Statement) -> None:
        was_displaced, came_from = row.displaced, row.speech_id
        place = self._find(row)
        if place is None:
            self._displace(row, told=not was_displaced)
            return
        row.displaced = False
        self._put(row, place)
        if was_displaced:
            self._tell(row, changes.STATEMENT_BACK, Event.Kind.PLACED)
        elif place[0] != came_from:
            self._tell(row, changes.STATEMENT_MOVED, Event.Kind.PLACED)

    def _displace(self, row: Statement, *, told: bool) -> None:
        row.displaced = True
        if row.speech_id in self.revised.speeches:
            self.claims.speeches.add(row.speech_id)
            self.at[row.speech_id, row.start, row.end] = row
        else:
            self._park(row)
        row.save()
        if told:
            self._tell(row, changes.STATEMENT_LOST, Event.Kind.DISPLACED)

    def _place_machine(self, row: Statement) -> None:
        place = self._find(row)
        before, speech = self.revised.before.get(row.speech_id, ""), self.speeches[row.speech_id]
        if place is None and speech.pk not in self.revised.speeches:
            found = finding.same_place(before, speech.text, row.start, row.end)
            place = (speech.pk, *found) if found else None
        if place is not None and place not in self.at:
            self._put(row, place)
            return
        self._withdraw(row)

    def _withdraw(self, row: Statement) -> None:
        if row.state != State.WITHDRAWN:
            told = {"kind": row.kind, "confidence": row.confidence, "state": row.state} | due.told(row)
            self.events.append(Event(kind=Event.Kind.WITHDRAWN, day=self.day, statement=row, before=told))
            row.state = State.WITHDRAWN
        self._park(row)
        row.save()

    def _find(self, row: Statement) -> Place | None:
        """Return where the words of a statement stand now: in its turn, else in the same person's in the item."""
        speech = self.speeches[row.speech_id]
        before = self.revised.before.get(speech.pk, "")
        words = [row.quote] if row.displaced else list(dict.fromkeys([before[row.start : row.end], row.quote]))
        others = [one for one in self.in_item[speech.item_id] if one.pk != speech.pk and _same_speaker(one, speech)]
        here = [] if speech.pk in self.revised.speeches else [speech]
        for one in [*here, *others]:
            earlier = before if one.pk == speech.pk else ""
            for wanted in words:
                found = finding.words_in(one.text, wanted, before=earlier, start=row.start)
                if found and self._is_free((one.pk, *found), row):
                    return (one.pk, *found)
        return None

    def _is_free(self, place: Place, row: Statement) -> bool:
        there = self.at.get(place)
        return there is None or (touched(row) and not touched(there))

    def _put(self, row: Statement, place: Place) -> None:
        there = self.at.pop(place, None)
        if there is not None:
            self._withdraw(there)
        before = self.revised.before.get(row.speech_id, "")
        spoken = before[row.due_at[0] : row.due_at[1]] if len(row.due_at) == 2 and not row.displaced else ""
        shift = place[1] - row.start
        row.speech_id, row.start, row.end = place
        text = self.speeches[row.speech_id].text
        near = row.due_at[0] + shift if len(row.due_at) == 2 else row.start
        found = finding.nearest(text, row.due_text, near) or finding.nearest(text, spoken, near)
        row.due_at = list(found or ())
        if not touched(row):
            row.quote = text[row.start : row.end]
        self.at[place] = row
        row.save()

    def _park(self, row: Statement) -> None:
        """Put a statement without a place behind the last character of its turn, where nothing else can stand."""
        text = self.speeches[row.speech_id].text
        row.start = max(self.ends.get(row.speech_id, 0), len(text)) + 1
        row.end = row.start + max(1, len(row.quote))
        row.due_at = []
        self.ends[row.speech_id] = row.end
        self.at[row.speech_id, row.start, row.end] = row

    def _tell(self, row: Statement, what: str, kind: str) -> None:
        item = self.speeches[row.speech_id].item
        self.claims.changes.append(
            {"what": what, "statement": str(row.uid), "quote": row.quote, "item": item.title, "state": row.state}
        )
        place = {"turn": str(self.speeches[row.speech_id].uid), "start": row.start, "end": row.end}
        self.events.append(
            Event(
                kind=kind,
                day=self.day,
                statement=row,
                commitment_id=row.commitment_id,
                after={"version": self.revised.document.sha256} | ({} if row.displaced else place),
            )
        )


def _same_speaker(one: Speech, other: Speech) -> bool:
    return (one.capacity, one.person_id or one.label) == (other.capacity, other.person_id or other.label)
