"""Reads the parliament's web service into rows, paper by paper, so that a run may break off anywhere."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from transcripts.papers import Meta, Paper, make_paper
from transcripts.parliament import answers
from transcripts.parliament.answers import FetchedQuestion, Stamp
from transcripts.parliament.client import Client, MissingError, ServiceError
from transcripts.parsing.transcript import DocumentKind, Question
from transcripts.reading.source import UnreadableError
from transcripts.services import sync_position
from transcripts.services.importing import ImportResult, import_paper
from transcripts.services.sync_position import Position, TakenOverError

log = logging.getLogger(__name__)
MEETING, WRITTEN = "verg", "schv"
FAILURES = 3  # in a row, after which the service is taken to be away


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one paper, or of the run where `key` is empty, or of the list of written questions.

    paper, result  where it was imported, or is there already
    problem        a sentence, where something failed
    notes          sentences about what was not read
    """

    key: str
    paper: Paper | None = None
    result: ImportResult | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


def client() -> Client:
    """Return a client as the settings say."""
    return Client(
        settings.PARLIAMENT_URL, rate=settings.PARLIAMENT_RATE, file_hosts=frozenset(settings.PARLIAMENT_FILE_HOSTS)
    )


def sync_parliament(
    *,
    since: date | None,
    until: date,
    day: date,
    service: Client | None = None,
    committees: Iterable[str] = (),
    seconds: float | None = None,
) -> Iterator[Step]:
    """Import what the service has of the days from `since` to `until`; yield what became of each paper that is new.

    One run reads at a time; where another does, nothing is read and that is told.

    1. Go on where the last run broke off, or begin: without `since` where the last whole run ended, and a month back.
    2. Ask again for what failed, and for what was still to come.
    3. Each meeting, then each written question: fetched whole, imported in a transaction of its own together with the
       position. One that fails is told, and asked for again next time; the others stay.
    4. Once all was asked for, note the day until which all is read.

    The run ends early, and goes on from there next time, when the service fails three times in a row, or after
    `seconds`. committees: ids, abbreviations or titles, "plen" for the plenary; none for all. day: today.
    Raises ValueError where `since` is needed.
    """
    wanted = frozenset(one.strip().casefold() for one in committees if one.strip())
    service = service or client()
    holder = sync_position.take(service.now())
    if not holder:
        return iter([Step("", problem="Another run reads the service now; try again when it is done.")])
    position = sync_position.load()
    position.held_by = holder
    try:
        since, until = position.begin(since, until, wanted)
        position.save(service.now())
    except BaseException:
        position.release()
        raise
    return _Run(service, position, day, wanted).steps(since, until, seconds)


def since_or_month(day: date) -> date | None:
    """Return None where there is a position to go on from, else the day a month before `day`."""
    position = sync_position.load()
    known = position.through is not None or position.since is not None
    return None if known else day - timedelta(days=sync_position.LOOK_BACK)


def log_problems(steps: Iterable[Step]) -> tuple[int, int]:
    """Do a run for which nobody sits there; return how many papers were imported, and how many problems logged."""
    imported = problems = 0
    for step in steps:
        if step.problem:
            problems += 1
            log.warning("%s", step.problem)
        elif step.result is not None:
            imported += step.result.created
    return imported, problems


@dataclass(slots=True)
class _Run:
    service: Client
    position: Position
    day: date
    committees: frozenset[str]

    def steps(self, since: date, until: date, seconds: float | None) -> Iterator[Step]:
        try:
            yield from self._steps(since, until, seconds)
        except TakenOverError as error:
            yield Step("", problem=str(error))
        finally:
            self.position.release()

    def _save(self) -> None:
        self.position.save(self.service.now())

    def _steps(self, since: date, until: date, seconds: float | None) -> Iterator[Step]:
        stop = self.service.clock() + seconds if seconds is not None else None
        seen: set[str] = set()
        done = set(self.position.done)
        failures = 0
        whole = True
        for key in self._keys(since, until):
            if isinstance(key, Step):
                whole = whole and key.key == WRITTEN
                yield key
                continue
            if key in seen or key in done:
                seen.add(key)
                continue
            if stop is not None and self.service.clock() > stop:
                yield Step("", problem="The time for this run is over; the next one goes on from here.")
                return
            seen.add(key)
            step, away = self._guarded(key)
            failures = failures + 1 if away else 0
            if step is not None:
                yield step
            if failures == FAILURES:
                yield Step("", problem="The service does not answer; the next run goes on from here.")
                return
        if whole:
            self.position.end(seen)
        self._save()

    def _keys(self, since: date, until: date) -> Iterator[str | Step]:
        """Yield the name of each paper to ask for, and a step for a list that did not come."""
        yield from list(self.position.failed)
        yield from list(self.position.waiting)
        try:
            for ident in answers.list_meetings(self.service, since, until, today=self.day):
                yield f"{MEETING}:{ident}"
        except ServiceError as error:
            yield Step("", problem=f"The list of meetings did not come: {error}")
        first = min(since, self.position.unlisted or since)
        try:
            for ident in answers.list_written(self.service, first, until):
                yield f"{WRITTEN}:{ident}"
            self.position.unlisted = None
        except ServiceError as error:
            self.position.unlisted = first  # the meetings need not wait for it
            yield Step(WRITTEN, problem=f"The list of written questions did not come: {error}")

    def _guarded(self, key: str) -> tuple[Step | None, bool]:
        """Do one paper; return what to tell of it, and whether the service was away."""
        try:
            return self._one(key), False
        except MissingError as error:
            return self._failed(key, str(error)), False
        except ServiceError as error:
            return self._failed(key, str(error)), not error.lasting
        except UnreadableError as error:
            return self._failed(key, " ".join(str(error).split())), False
        except (OperationalError, InterfaceError, SoftTimeLimitExceeded, TakenOverError):
            raise
        except Exception as error:
            log.exception("The import of %s failed.", key)
            words = f"{key}: an error in the program stopped the import ({type(error).__name__}: {error})."
            return self._failed(key, words), False

    def _failed(self, key: str, sentence: str) -> Step:
        runs = self.position.failed.pop(key, 0) + 1
        if runs < sync_position.ATTEMPTS:
            self.position.failed[key] = runs
        else:
            sentence += f" It failed in {runs} runs and is left out from now on, unless it is listed again."
        self._save()
        return Step(key, problem=sentence)

    def _one(self, key: str) -> Step | None:
        kind, _, ident = key.partition(":")
        return self._meeting(key, ident) if kind == MEETING else self._written(key, ident)

    def _meeting(self, key: str, ident: str) -> Step | None:
        again = key in self.position.failed or key in self.position.waiting
        stamp = Stamp() if again else self.position.stamps.get(key, Stamp())
        found = answers.fetch_meeting(self.service, ident, stamp=stamp, committees=self.committees)
        if not found.wanted:
            self.position.done.append(key)
            return None
        paper = make_paper(found.data, f"vergadering-{ident}.json", Meta(url=found.url)) if found.spoken else None
        return self._keep(key, paper, found.notes, found.stamp, found.complete)

    def _written(self, key: str, ident: str) -> Step | None:
        if key in self.position.stamps and key not in self.position.waiting:
            return self._keep(key, None, (), self.position.stamps[key], True)
        found = answers.fetch_written(self.service, ident)
        paper = question_paper(found, ident) if found.data else None
        return self._keep(key, paper, found.notes, Stamp(changed=str(found.answered or "")), paper is not None)

    def _keep(self, key: str, paper: Paper | None, notes: tuple[str, ...], stamp: Stamp, complete: bool) -> Step | None:
        """Import the paper and move the position, both or neither."""
        position = self.position
        with transaction.atomic():
            result = import_paper(paper=paper) if paper else None
            position.done.append(key)
            position.failed.pop(key, None)
            position.stamps[key] = stamp
            first = position.waiting.pop(key, self.day)
            if not complete and self.day - first < timedelta(days=sync_position.WAIT):
                position.waiting[key] = first
            self._save()
        if paper is None and not notes:
            return None
        return Step(key, paper, result, notes=notes)


def question_paper(found: FetchedQuestion, ident: str) -> Paper:
    """Make the paper of a written question: what the service knows of it counts before what its file prints."""
    meta = Meta(DocumentKind.WRITTEN_QUESTION, found.answered, found.minister, found.subject, found.url)
    paper = make_paper(found.data, f"schriftelijke-vraag-{ident}", meta)
    known = Question(found.number, found.session, found.asker, found.minister, found.office, found.subject)
    items = tuple(
        replace(item, questions=(_filled(known, item.questions[0] if item.questions else None),))
        for item in paper.transcript.items[:1]
    )
    return replace(paper, transcript=replace(paper.transcript, items=items + paper.transcript.items[1:]))


def _filled(known: Question, printed: Question | None) -> Question:
    if printed is None:
        return known
    return Question(
        known.number or printed.number,
        known.session or printed.session,
        known.asker or printed.asker,
        known.addressee or printed.addressee,
        known.addressee_title or printed.addressee_title,
        known.subject or printed.subject,
    )
