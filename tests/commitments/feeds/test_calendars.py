"""What a calendar program gets: one whole day for each promise, and what became of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from commitments.feeds import entries
from commitments.models import Commitment, Statement
from commitments.services import review, tracking, watch
from tests import rows
from tests.commitments.counting import queries
from tests.commitments.feeds.asking import DAY, calendar
from tests.commitments.feeds.promised import ALL, accepted
from tests.commitments.feeds.promised import _day as _day
from tests.commitments.feeds.promised import boss as boss
from transcripts.models import Mandate, Person
from transcripts.services.merging import merge

pytestmark = pytest.mark.django_db


def test_a_promise_stands_at_the_last_day_of_its_interval(boss):
    made = accepted(boss)
    event = calendar(ALL).event
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 3, 31), date(2026, 4, 1))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["uid"] == str(made.uid)
    assert event["summary"] == "Laatste dag: Rapport bezorgen (Els Vanrode)"
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"
    said = str(event["description"]).splitlines()
    address = f"http://127.0.0.1:8000/toezeggingen/{made.uid}/"
    assert said == [
        f"“{rows.PROMISE}”",
        "Els Vanrode, 20 januari 2026",
        "Termijn: “tegen eind maart”, 21–31 maart 2026",
        address,
    ]
    assert str(event["url"]) == address


def test_it_is_in_english_for_who_asks_so(boss):
    accepted(boss)
    event = calendar(f"{ALL}?lang=en").event
    assert event["summary"] == "Last day: Rapport bezorgen (Els Vanrode)"
    assert "Deadline: “tegen eind maart”, 21–31 March 2026" in str(event["description"])


def test_the_visitors_own_language_changes_nothing(boss, client):
    accepted(boss)
    dutch = client.get(ALL).content
    assert client.get(ALL, headers={"Accept-Language": "en"}).content == dutch
    client.post(reverse("set_language"), {"language": "en"})
    assert client.get(ALL).content == dutch


def test_an_alarm_goes_off_in_the_morning_some_days_before(boss):
    accepted(boss)
    (bell,) = calendar(ALL).event.walk("VALARM")
    assert bell["action"] == "DISPLAY"
    assert bell["trigger"].dt == timedelta(hours=9) - timedelta(days=7)
    (bell,) = calendar(f"{ALL}?alarm=0").event.walk("VALARM")
    assert bell["trigger"].dt == timedelta(hours=9)
    assert calendar(f"{ALL}?alarm=no").event.walk("VALARM") == []


@pytest.mark.parametrize("wrong", ["alarm=morgen", "alarm=-1", "alarm=91", "alarm=²", "alarm=", "lang=fr", "lang="])
def test_what_makes_no_sense_is_refused_in_a_sentence(client, wrong):
    answer = client.get(f"{ALL}?{wrong}")
    assert answer.status_code == 400
    name = wrong.partition("=")[0]
    assert answer.content.decode().startswith(f"{name}: ")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_calendar_says_what_it_is_called_and_when_to_ask_again(boss):
    accepted(boss)
    head = calendar(ALL).read
    assert str(head["x-wr-calname"]) == str(head["name"]) == "Toegezegd – Wat ministers hebben toegezegd"
    assert head["refresh-interval"].dt == timedelta(hours=6)
    assert str(head["x-wr-timezone"]) == "Europe/Brussels"
    assert (str(head["version"]), bool(head["prodid"])) == ("2.0", True)


def test_two_readings_without_a_change_are_the_same_bytes(boss, client, settings):
    accepted(boss)
    rows.commitment(title="Nog een")
    first = client.get(ALL).content
    watch.note_overdue(day=DAY)
    assert client.get(ALL).content == first
    settings.TODAY = DAY + timedelta(days=1)
    assert client.get(ALL).content == first


def test_one_without_a_last_day_stands_at_the_day_to_ask_and_never_late(boss):
    made = accepted(boss, due_text="binnenkort", due_start=None, due_end=None)
    event = calendar(ALL).event
    assert event["dtstart"].dt == made.check_on
    assert event["summary"] == "Navragen: Rapport bezorgen (Els Vanrode)"
    assert "Laatste dag" not in str(event["description"])
    assert "na te vragen" in [str(one) for one in event["categories"].cats]
    assert "vanaf" in str(event["description"])


def test_one_without_any_day_is_left_out(boss):
    rows.commitment(title="Ooit", due_text="", due_start=None, due_end=None)
    assert Commitment.objects.get().check_on is None
    assert calendar(ALL).events == []


HOSTILE = (
    "Een, twee; drie\\n vier\r\nBEGIN:VALARM\r\nATTACH:https://kwaad.example/\r\nEND:VALARM\n"
    "\x0bvijf\x85zes\u2028zeven\x1bacht \u202eomgekeerd\ufeff 🏠👩‍🏫 “é” <b>&amp;</b>"
)


def test_hostile_words_stay_words(boss):
    made = rows.commitment(title="a\r\nSTATUS:CANCELLED", due_text="b\nSUMMARY:c;d,e")
    Statement.objects.update(quote=HOSTILE)
    Commitment.objects.filter(pk=made.pk).update(condition=HOSTILE)
    Person.objects.update(name="Els\r\nX-KWAAD:1")
    found = calendar(ALL)
    event = found.event
    assert str(event["status"]) == "CONFIRMED"
    assert event["summary"] == "Laatste dag: a STATUS:CANCELLED (Els X-KWAAD:1)"
    assert len(event.walk("VALARM")) == 1
    assert not [name for name in event if name.upper() in ("ATTACH", "X-KWAAD")]
    quote = str(event["description"]).splitlines()[0]
    assert quote == (
        "“Een, twee; drie\\n vier BEGIN:VALARM ATTACH:https://kwaad.example/ END:VALARM "
        "vijf zes zevenacht omgekeerd 🏠👩‍🏫 “é” <b>&amp;</b>”"
    )
    body = found.answer.content
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert body.replace(b"\r\n", b"").isascii() is False
    assert not any(sign in body.replace(b"\r\n", b"") for sign in (b"\r", b"\n", b"\x0b", b"\x1b"))


def test_a_minister_shows_what_came_with_the_portfolio(boss):
    former, present = rows.person("Jan Peeters"), rows.person("Mia Claes")
    held = Mandate.objects.create(
        person=former,
        title="Vlaams minister",
        portfolio="Wonen en Energie",
        start=date(2019, 10, 2),
        end=date(2024, 9, 29),
    )
    Mandate.objects.create(
        person=present, title="Vlaams minister", portfolio="Wonen en Energie", start=date(2024, 9, 30)
    )
    theirs = rows.commitment(person=former, mandate=held, title="Van de voorganger")
    other = rows.commitment(title="Van een ander")
    for who in (former, present):
        assert calendar(f"/feeds/personen/{who.uid}.ics").event["uid"] == str(theirs.uid)
    assert calendar("/feeds/bevoegdheden/wonen-en-energie.ics").event["uid"] == str(theirs.uid)
    assert calendar(f"/feeds/personen/{rows.person().uid}.ics").event["uid"] == str(other.uid)


def test_a_committee_shows_what_was_promised_in_it(boss):
    here = rows.commitment(title="Hier")
    elsewhere = rows.commitment(title="Elders")
    place = elsewhere.statements.get().speech.item.document.meeting
    place.committee = "Commissie voor Cultuur, Jeugd en Media"
    place.save()
    assert calendar("/feeds/commissies/commissie-voor-wonen-en-energie.ics").event["uid"] == str(here.uid)
    assert calendar("/feeds/commissies/commissie-voor-cultuur-jeugd-en-media.ics").event["uid"] == str(elsewhere.uid)


@pytest.mark.parametrize(
    "path",
    [
        "personen/00000000-0000-4000-8000-000000000000.ics",
        "personen/00000000-0000-4000-8000-000000000000.atom",
        "bevoegdheden/niets.ics",
        "commissies/niets.atom",
        "alles.rss",
        "personen/iemand.ics",
    ],
)
def test_what_there_is_not_is_not_found(client, path):
    assert client.get(f"/feeds/{path}").status_code == 404


def test_the_former_address_of_a_person_leads_on(boss, client):
    stays, goes = rows.person("Mia Claes"), rows.person("M. Claes")
    former = goes.uid
    merge(into=stays, others=[goes], actor=boss)
    answer = client.get(f"/feeds/personen/{former}.ics?lang=en&alarm=2")
    assert answer.status_code == 301
    assert answer["Location"] == f"/feeds/personen/{stays.uid}.ics?lang=en&alarm=2"


def test_a_program_that_has_it_is_told_so(boss, client):
    made = accepted(boss)
    first = client.get(ALL)
    tag, at = first["ETag"], first["Last-Modified"]
    for same in ({"If-None-Match": tag}, {"If-None-Match": f"W/{tag}"}, {"If-Modified-Since": at}):
        answer = client.get(ALL, headers=same)
        assert (answer.status_code, answer.content) == (304, b""), same
        assert answer["ETag"] == tag
        assert answer["Cache-Control"] == first["Cache-Control"]
    assert client.get(f"{ALL}?alarm=3", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"{ALL}?lang=en", headers={"If-None-Match": tag}).status_code == 200
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly")
    assert client.get(ALL, headers={"If-None-Match": tag}).status_code == 200


def test_who_goes_by_the_time_gets_what_changed_since(boss, client, time_machine, settings):
    settings.TODAY = None
    time_machine.move_to("2026-04-06 10:00:00+02:00", tick=False)
    made = accepted(boss)
    at = client.get(ALL)["Last-Modified"]
    assert at == "Mon, 06 Apr 2026 08:00:00 GMT"
    time_machine.move_to("2026-04-06 11:00:00+02:00", tick=False)
    assert client.get(ALL, headers={"If-Modified-Since": at}).status_code == 304
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly")
    answer = client.get(ALL, headers={"If-Modified-Since": at})
    assert answer.status_code == 200
    assert answer["Last-Modified"] == "Mon, 06 Apr 2026 09:00:00 GMT"
    # What lies near is another question on another day.
    time_machine.move_to("2026-04-07 08:00:00+02:00", tick=False)
    later = client.get(ALL, headers={"If-Modified-Since": answer["Last-Modified"]})
    assert (later.status_code, later["Last-Modified"]) == (200, "Mon, 06 Apr 2026 22:00:00 GMT")


def test_a_head_is_answered_and_a_post_is_not(boss, client):
    accepted(boss)
    answer = client.head(ALL)
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.post(ALL).status_code == 405


@pytest.mark.parametrize("kind", ["ics", "atom"])
def test_the_number_of_questions_to_the_database_does_not_grow(boss, client, kind, django_assert_num_queries):
    def asked() -> int:
        with queries() as found:
            assert client.get(f"/feeds/alles.{kind}").status_code == 200
        return len(found)

    for number in range(2):
        rows.commitment(title=f"Nummer {number}")
    closed = rows.commitment(title="Klaar")
    tracking.change_status(commitment=closed, actor=boss, day=DAY, status="lapsed")
    review.reopen(statement=accepted(boss).statements.get(), actor=boss, day=DAY)
    few = asked()
    for number in range(28):
        rows.commitment(title=f"Later {number}", turn=rows.speech(person=rows.person(f"Minister {number}")))
    assert asked() == few
    assert few <= 30


def test_a_calendar_holds_what_lies_nearest_and_says_so(boss, client, monkeypatch):
    monkeypatch.setattr(entries, "MOST", 3)
    monkeypatch.setattr("commitments.feeds.calendars.MOST", 3)
    for days in (-400, -20, -2, 0, 5, 500):
        day = DAY + timedelta(days=days)
        rows.commitment(title=f"op {days}", due_start=day, due_end=day)
    found = calendar(f"{ALL}?lang=en")
    assert [str(one["summary"]).split()[3] for one in found.events] == ["0", "5", "500"]
    assert "Only the 3 nearest are shown" in str(found.read["x-wr-caldesc"])
    Commitment.objects.filter(due_end__gt=DAY).delete()
    found = calendar(f"{ALL}?lang=en").events
    assert [str(one["summary"]).split()[3] for one in found if one["status"] == "CONFIRMED"] == ["-20", "-2", "0"]
