"""From the web service to rows: each paper once, nothing half, and from where the last run ended."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.transcripts.parliament.service import (
    BASE,
    Reply,
    contact,
    fill,
    listing,
    meeting,
    question,
    turns,
)
from transcripts import tasks
from transcripts.models import Document, Question, Speech, SyncPosition
from transcripts.services import sync_position, syncing

pytestmark = pytest.mark.django_db

SINCE, DAY = date(2026, 2, 1), date(2026, 2, 10)
SEARCH = "/api/search/query/schriftelijke vraag"
ANSWER = """SCHRIFTELIJKE VRAAG

1. Hoeveel premies zijn er betaald?

ANTWOORD

1. Er zijn er veel betaald. Ik bezorg de lijst voor 1 mei 2026.
"""


@pytest.fixture(autouse=True)
def _here(settings, service):
    settings.PARLIAMENT_URL = service.address + BASE
    settings.PARLIAMENT_RATE = 100.0


def run(client, *, since=SINCE, until=DAY, **given):
    return list(syncing.sync_parliament(since=since, until=until, day=until, service=client, **given))


def problems(steps):
    return [step.problem for step in steps if step.problem]


def test_a_meeting_becomes_a_document_with_its_address(service, client):
    fill(service)
    (step,) = run(client)
    document = Document.objects.get()
    assert step.result.created
    assert document.date == date(2026, 2, 3)
    assert document.url.endswith("/commissievergaderingen/12")
    assert Question.objects.get().number == "901"
    assert Speech.objects.filter(capacity="minister").get().person.name == "Els Vanrode"
    query = service.asked[0][1]["?"]
    assert "type=comm" in query
    assert "datumvan=01022026&datumtot=10022026" in query


def test_what_did_not_change_is_asked_once_and_changes_nothing(service, client):
    fill(service)
    service.replies["verg/12"][0].headers = {"ETag": '"v1"'}
    run(client)
    assert run(client) == []
    asked = [headers for path, headers in service.asked if path == "verg/12"]
    assert asked[1]["If-None-Match"] == '"v1"'
    assert service.times("jln/345") == 1
    assert Document.objects.count() == 1


def test_without_an_etag_the_day_of_the_last_change_is_handed_back(service, client):
    fill(service)
    run(client)
    run(client)
    asked = [headers for path, headers in service.asked if path == "verg/12"]
    assert asked[1]["If-Modified-Since"] == "Thu, 05 Feb 2026 08:00:00 GMT"
    assert service.times("jln/345") == 1


def test_a_run_without_a_day_goes_on_a_month_before_the_last_one_ended(service, client):
    fill(service)
    run(client)
    run(client, since=None, until=date(2026, 3, 20))
    asked = [headers["?"] for path, headers in service.asked if path == "verg/vorige"]
    assert "datumvan=11012026" in asked[2]
    assert sync_position.load().through == date(2026, 3, 20)


def test_the_first_run_has_to_be_told_since_when(client):
    with pytest.raises(ValueError, match="--since"):
        run(client, since=None)


def test_a_meeting_that_fails_leaves_the_others_and_is_asked_for_again(service, client):
    fill(service)
    service.on("verg/vorige", listing(11, 12))
    service.on("verg/11", Reply({}, 500))
    steps = run(client)
    assert problems(steps)[0].endswith("the service answers 500, 3 times; try again later.")
    assert Document.objects.count() == 1
    assert sync_position.load().failed == {"verg:11": 1}
    service.on("verg/11", meeting(11, {"id": 350}, vergaderingnummer="C87"))
    service.on("jln/350", turns("Dat komt nog."))
    service.on("verg/vorige", listing())
    run(client, since=None)
    assert Document.objects.count() == 2
    assert sync_position.load().failed == {}


def test_half_a_meeting_is_none(service, client):
    fill(service)
    service.on("verg/12", meeting(12, {"id": 345}, {"id": 346}))
    service.on("jln/346", Reply(turns(), cut=10))
    assert "half an answer" in problems(run(client))[0]
    assert not Document.objects.exists()


def test_a_service_that_is_away_ends_the_run_which_the_next_one_continues(service, client):
    fill(service)
    service.on("verg/vorige", listing(12, 13, 14, 15, 16))
    for ident in (13, 14, 15):
        service.on(f"verg/{ident}", Reply(drop=True))
    assert problems(run(client))[-1] == "The service does not answer; the next run goes on from here."
    position = sync_position.load()
    assert (position.through, position.since) == (None, SINCE)
    for ident in (13, 14, 15, 16):
        service.on(f"verg/{ident}", meeting(ident, {"id": 345}, vergaderingnummer=f"C{ident}"))
    service.on("verg/vorige", listing(12, 13, 14, 15, 16))
    service.on("jln/345", *[turns(f"Antwoord {number}.") for number in range(5)])
    assert problems(run(client, since=None)) == []
    assert service.times("verg/12") == 1
    assert Document.objects.count() == 5
    assert sync_position.load().through == DAY


def test_a_run_ends_when_its_time_is_over(service, client):
    fill(service)
    service.on("verg/vorige", listing(12, 13))
    (_, last) = run(client, seconds=0.6)  # half a second between two questions
    assert last.problem.startswith("The time for this run is over")
    assert sync_position.load().done == ["verg:12"]


def test_a_provisional_report_is_asked_for_until_it_is_complete(service, client):
    waiting = question(77, 901, "de premies", verslagnognietbeschikbaar=True)
    fill(service)
    service.on("verg/12", meeting(12, {"id": 345, "vrageninterpellatie": [waiting]}))
    service.on("jln/345", {"spreker": [], "id": 345})
    assert run(client) == []
    assert not Document.objects.exists()
    assert list(sync_position.load().waiting) == ["verg:12"]
    service.on("verg/12", meeting(12, {"id": 345, "vrageninterpellatie": [question(77, 901, "de premies")]}))
    service.on("jln/345", turns())
    service.on("verg/vorige", listing())
    run(client, since=None)
    assert Document.objects.count() == 1
    assert sync_position.load().waiting == {}


def test_a_completed_report_takes_the_place_of_the_provisional_one(service, client):
    fill(service, **{"voorlopig-verslag": True})
    run(client)
    assert Document.objects.get().provisional
    service.on("jln/345", turns("Ik bezorg u de volledige cijfers voor 1 april 2026."))
    service.on("verg/12", meeting(12, {"id": 345, "vrageninterpellatie": [question(77, 901, "de premies")]}))
    run(client, since=None)
    document = Document.objects.get()
    assert "volledige cijfers" in document.text
    assert not document.provisional
    assert document.revisions.count() == 2


def test_a_report_that_is_final_without_a_word_changed_is_no_longer_provisional(service, client):
    fill(service, **{"voorlopig-verslag": True})
    run(client)
    fill(service)
    run(client, since=None)
    assert not Document.objects.get().provisional


def test_only_the_wanted_committees_are_read_and_the_others_later_still_can(service, client):
    fill(service)
    assert run(client, committees=["jeu", "plen"]) == []
    assert service.times("jln/345") == 0
    (step,) = run(client, committees=["won"])
    assert step.result.created


def test_a_question_not_told_in_full_is_asked_for(service, client):
    fill(service)
    service.on("verg/12", meeting(12, {"id": 345, "vrageninterpellatie": [{"id": 77, "titel": "over de premies"}]}))
    service.on("vi/77", question(77, 901, "de premies"))
    run(client)
    assert Question.objects.get().asker.name == "Karim Daems"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("verg/vorige", {"resultaat": []}, "no “items”"),
        ("verg/vorige", {"items": [{"zitting": {"id": 1}}]}, "no “id”"),
        ("verg/12", {"vergadering": {"id": 12, "datum": "3 februari"}}, "no “datumbegin”"),
        ("jln/345", {"sprekers": []}, "no “spreker”"),
        ("verg/12", [1, 2], "no “datumbegin”"),
        (SEARCH, {"treffers": []}, "no “result”"),
    ],
)
def test_an_answer_of_another_shape_is_told_in_a_sentence(service, client, path, body, words):
    fill(service)
    service.on(path, body)
    (sentence, *_) = problems(run(client))
    assert words in sentence
    assert "shape has changed" in sentence


# Written questions


def written(service, **fields):
    fill(service)
    service.on("verg/vorige", listing())
    tags = {"soort": "SCHV", "opendata": "http://ws/e/opendata/schv/55", "publicatiedatum": "2026-02-08"}
    service.on(SEARCH, {"result": [{"metatags": tags}, {"metatags": tags | {"soort": "VI"}}]})
    answer = {
        "id": 55,
        "vraagnummer": 210,
        "onderwerp": "Renovatiepremies - Stand van zaken",
        "zittingsjaar": "2025-2026",
        "vraagsteller": {"voornaam": "Karim", "naam": "Daems"},
        "minister": {"voornaam": "Els", "naam": "Vanrode", "titel": "Vlaams minister van Wonen"},
        "procedureverloop": [
            {"status": "Vraag gesteld", "datum": "2026-01-05T00:00:00+0100"},
            {"status": "Beantwoord", "datum": "2026-02-06T00:00:00+0100"},
            {"status": "Antwoord gepubliceerd", "datum": "2026-02-06T00:00:00+0100"},
        ],
        "bestand-ordered": [{"URL": f"{service.address}/bestand"}, {"URL": "https://elders.example.org/bijlage"}],
    }
    service.on("schv/55", answer | fields)
    service.on("/bestand", Reply(ANSWER.encode(), kind="application/octet-stream"))


def test_a_written_question_is_read_from_its_file_with_what_the_service_knows(service, client):
    written(service)
    (step,) = run(client)
    document = Document.objects.get()
    assert (document.kind, document.date) == ("schriftelijke-vraag", date(2026, 2, 6))
    asked = Question.objects.get()
    assert (asked.number, asked.session) == ("210", "2025-2026")
    assert (asked.asker.name, asked.addressee.name) == ("Karim Daems", "Els Vanrode")
    assert Speech.objects.get(capacity="minister").text.endswith("voor 1 mei 2026.")
    assert step.notes == ("Not read: https://elders.example.org/bijlage, an appendix.",)


def test_a_list_of_written_questions_that_does_not_come_holds_up_no_meeting(service, client):
    written(service)
    found = service.replies[SEARCH]
    service.on(SEARCH, Reply({}, 500))
    service.on("verg/vorige", listing(12))
    assert problems(run(client))[0].startswith("The list of written questions did not come")
    position = sync_position.load()
    assert (position.through, position.unlisted) == (DAY, SINCE)
    service.replies[SEARCH] = found
    run(client, since=None, until=date(2026, 4, 20))  # looks back a month, and to the days that were not listed
    assert Document.objects.count() == 2
    assert sync_position.load().unlisted is None


def test_a_list_of_meetings_that_does_not_come_leaves_the_run_open(service, client):
    fill(service)
    service.on("verg/vorige", Reply({}, 500))
    assert problems(run(client))[0].startswith("The list of meetings did not come")
    assert (sync_position.load().through, sync_position.load().since) == (None, SINCE)


def test_a_question_without_an_answer_is_waited_for(service, client):
    written(service, procedureverloop=[{"status": "Vraag gesteld", "datum": "2026-01-05"}])
    run(client)
    assert not Document.objects.exists()
    assert list(sync_position.load().waiting) == ["schv:55"]


def test_a_file_on_a_host_nobody_allowed_is_told(service, client):
    written(service, **{"bestand-ordered": [{"URL": "https://elders.example.org/antwoord.pdf"}]})
    assert "it was not asked" in problems(run(client))[0]
    assert sync_position.load().failed == {"schv:55": 1}


# Doors


def test_the_command_tells_what_came_and_what_did_not(service, capsys):
    fill(service)
    service.on("verg/vorige", listing(11, 12))
    with pytest.raises(SystemExit):
        call_command("sync_parliament", "--since", "2026-02-01", "--until", "2026-02-10")
    told = capsys.readouterr()
    assert "vergadering-12.json: imported, 2026-02-03, 1 item, 1 question, 4 turns" in told.out
    assert told.out.rstrip().splitlines()[-1].startswith("Imported 1 papers, 1 problems; the service was asked")
    assert "does not have it (404)" in told.err


def test_the_command_says_what_is_missing_instead_of_a_traceback():
    with pytest.raises(CommandError, match="--since 2024"):
        call_command("sync_parliament")
    with pytest.raises(CommandError, match="later than"):
        call_command("sync_parliament", "--since", "2026-02-11", "--until", "2026-02-10")


@time_machine.travel("2026-02-10T12:00:00+01:00", tick=False)
def test_the_daily_task_asks_nothing_unless_it_is_switched_on(service, settings):
    fill(service)
    tasks.sync_parliament()
    assert service.asked == []
    settings.PARLIAMENT_SYNC = True
    tasks.sync_parliament()
    assert Document.objects.count() == 1
    assert "datumvan=11012026" in service.asked[0][1]["?"]


@time_machine.travel("2026-02-10T12:00:00+01:00", tick=False)
def test_run_periodic_does_it_too_where_it_is_switched_on(service, settings, capsys):
    fill(service)
    settings.PARLIAMENT_SYNC = True
    call_command("run_periodic")
    assert "Parliament: 1 papers imported, 0 problems." in capsys.readouterr().out


def test_a_paper_that_keeps_failing_is_given_up_in_words(service, client):
    fill(service)
    service.on("verg/vorige", listing())
    SyncPosition.objects.create(name="parliament", position={"through": "2026-02-09", "failed": {"verg:9": 9}})
    assert problems(run(client, since=None))[0].endswith(
        "It failed in 10 runs and is left out from now on, unless it is listed again."
    )
    assert sync_position.load().failed == {}


def test_a_contact_of_an_interpellation_is_its_asker(service, client):
    fill(service)
    who = [contact("Interpellant", "Bo", "De Wit"), contact("Minister", "Els", "Vanrode")]
    service.on("verg/12", meeting(12, {"id": 345, "vrageninterpellatie": [question(77, 9, "x", contacttype=who)]}))
    run(client)
    assert Question.objects.get().asker.name == "Bo De Wit"
