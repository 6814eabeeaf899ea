"""What a reader of feeds gets: an entry for each change that anybody may see."""

from datetime import date, timedelta

import pytest

from commitments.models import Commitment, Event, Statement
from commitments.services import outside, review, tracking, undoing, watch
from commitments.services.outside import Words
from tests import rows
from tests.commitments.feeds.asking import DAY, atom
from tests.commitments.feeds.promised import _day as _day
from tests.commitments.feeds.promised import accepted
from tests.commitments.feeds.promised import boss as boss
from tests.commitments.feeds.test_calendars import HOSTILE
from transcripts.models import Person

pytestmark = pytest.mark.django_db

ALL = "/feeds/alles.atom"


def titles(path: str = ALL) -> list[str]:
    return [one.title for one in atom(path).entries]


def test_each_change_is_an_entry_the_newest_first(boss):
    made = accepted(boss)
    watch.note_overdue(day=DAY)
    later = rows.statement(quote=rows.NEXT, due_text="eind juni", due_start=date(2026, 6, 1), due_end=date(2026, 6, 30))
    review.accept(statement=later, actor=boss, day=DAY, into=made)
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="fulfilled", evidence="Parl. St. 12")
    assert titles() == [
        "Status gewijzigd: Rapport bezorgen",
        "Termijn verschoven: Rapport bezorgen",
        "Gewijzigd: Rapport bezorgen",
        "De laatste dag is voorbij: Rapport bezorgen",
        "Nieuwe toezegging: Rapport bezorgen",
    ]
    entries = atom(ALL).entries
    assert "“eind juni”, 30 juni 2026" in entries[1].summary
    assert "31 maart 2026" in entries[3].summary
    assert all("rapport tegen eind maart" in one.summary for one in entries)
    assert {one.link for one in entries} == {f"http://127.0.0.1:8000/toezeggingen/{made.uid}/"}
    assert entries[0].tags[0].term == "status_changed"


def test_an_entry_keeps_its_id_and_its_time(boss, client):
    made = accepted(boss)
    event = Event.objects.get(commitment=made)
    (entry,) = atom(ALL).entries
    assert entry.id == f"urn:uuid:{event.uid}"
    assert entry.updated == entry.published == event.at.replace(microsecond=0).isoformat()
    before = client.get(ALL).content
    rows.statement(quote=rows.NEXT)  # the engine proposes something
    assert client.get(ALL).content == before
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly")
    assert entry.id in [one.id for one in atom(ALL).entries]


def test_a_feed_says_what_it_is_and_where(boss):
    accepted(boss)
    feed = atom(f"{ALL}?lang=en").feed
    assert feed.title == "Toegezegd – What ministers promised"
    assert feed.author == "Toegezegd"
    links = {one.rel: one.href for one in feed.links}
    assert links == {
        "self": "http://127.0.0.1:8000/feeds/alles.atom?lang=en",
        "alternate": "http://127.0.0.1:8000/toezeggingen/",
    }
    assert feed.updated == atom(ALL).entries[0].updated
    assert feed.id != atom(ALL).feed.id
    assert feed.language == "en"
    assert titles(f"{ALL}?lang=en") == ["New commitment: Rapport bezorgen"]


def test_a_feed_without_entries_does_not_change_by_itself(client, time_machine):
    time_machine.move_to("2026-04-06 10:00:00+02:00", tick=False)
    before = client.get(ALL)
    assert atom(ALL).entries == []
    time_machine.move_to("2026-04-06 11:00:00+02:00", tick=False)
    after = client.get(ALL)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert client.get(ALL, headers={"If-None-Match": before["ETag"]}).status_code == 304


def test_older_entries_are_on_further_pages(boss):
    for number in range(5):
        rows.commitment(title=f"Nummer {number}")
    path, found = f"{ALL}?limit=2", []
    for _page in range(3):
        read = atom(path)
        found += [one.title for one in read.entries]
        path = next((one.href for one in read.feed.links if one.rel == "next"), "").removeprefix(
            "http://127.0.0.1:8000"
        )
    assert path == ""
    assert found == [f"Nieuwe toezegging: Nummer {number}" for number in (4, 3, 2, 1, 0)]


def test_what_comes_in_meanwhile_moves_no_page(boss):
    for number in range(4):
        rows.commitment(title=f"Nummer {number}")
    links = atom(f"{ALL}?limit=2").feed.links
    older = next(one.href for one in links if one.rel == "next").removeprefix("http://127.0.0.1:8000")
    rows.commitment(title="Nieuw")
    assert titles(older) == ["Nieuwe toezegging: Nummer 1", "Nieuwe toezegging: Nummer 0"]


@pytest.mark.parametrize(
    "wrong",
    ["limit=0", "limit=201", "limit=veel", "before=x", "before=00000000-0000-4000-8000-000000000000", "lang=NL"],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(client, wrong):
    answer = client.get(f"{ALL}?{wrong}")
    assert answer.status_code == 400
    assert answer.content.decode().startswith(wrong.partition("=")[0])


def test_the_work_of_the_desk_is_not_told(boss):
    made = accepted(boss)
    review.reject(statement=rows.statement(quote=rows.NEXT), actor=boss, reason="dubbel", day=DAY)
    proposed = rows.proposed(made)
    Event.objects.create(kind="follow_up_proposed", day=DAY, commitment=made, follow_up=proposed)
    Event.objects.create(kind="proposed", day=DAY, commitment=made, statement=made.statements.get())
    assert titles() == ["Nieuwe toezegging: Rapport bezorgen"]
    tracking.dismiss_follow_up(follow_up=proposed, actor=boss, day=DAY)
    assert titles() == ["Nieuwe toezegging: Rapport bezorgen"]


def test_a_follow_up_is_told_while_it_is_confirmed(boss):
    made = accepted(boss)
    follow_up = tracking.confirm_follow_up(follow_up=rows.proposed(made), actor=boss, day=DAY)
    assert titles()[:2] == ["Termijn verschoven: Rapport bezorgen", "Uitgesteld: Rapport bezorgen"]
    decision = follow_up.events.get(kind="follow_up_judged")
    undoing.undo_follow_up(decision=decision, actor=boss, day=DAY)
    assert not [one for one in titles() if one.startswith("Uitgesteld")]


def test_who_did_it_is_not_told(boss, client):
    made = accepted(boss)
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly")
    assert "boss" not in client.get(ALL).content.decode()


def test_what_is_put_back_to_review_is_gone(boss):
    made = accepted(boss)
    review.reopen(statement=made.statements.get(), actor=boss, day=DAY)
    assert titles() == []


def test_what_was_for_the_office_before_it_was_public_is_not_told(boss, client):
    words = Words("Onder ons: het komt er nooit.", DAY, "Gesprek", due_start=DAY, due_end=DAY)
    made = outside.enter(words=words, title="Rapport", person=rows.person(), actor=boss, day=DAY)
    assert titles() == []
    public = Words("Het komt er.", DAY, "De krant", due_start=DAY, due_end=DAY + timedelta(days=9))
    outside.amend(said=made.outside, words=public, public=True, actor=boss, day=DAY)
    said = client.get(ALL).content.decode()
    assert "Rapport" in said
    for private in ("Onder ons", "nooit", "Gesprek"):
        assert private not in said
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly")
    assert titles()[0] == "Status gewijzigd: Rapport"


def test_a_minister_and_a_committee_have_news_of_their_own(boss):
    accepted(boss)
    rows.commitment(title="Van Jan", turn=rows.speech(person=rows.person("Jan Peeters")))
    assert titles(f"/feeds/personen/{rows.person('Jan Peeters').uid}.atom") == ["Nieuwe toezegging: Van Jan"]
    assert len(titles("/feeds/commissies/commissie-voor-wonen-en-energie.atom")) == 2


def test_hostile_words_stay_words(boss, client):
    rows.commitment(title="<script>alert(1)</script>\x0b]]> & 🏠")
    Statement.objects.update(quote=HOSTILE)
    Person.objects.update(name="Els\u2028<b>")
    Commitment.objects.update(due_text="\x1b")
    (entry,) = atom(ALL).entries
    assert entry.title_detail.type == "text/plain"
    assert "<script>alert(1)</script> ]]> & 🏠" in entry.title
    raw = client.get(ALL).content.decode()
    assert "<script>" not in raw
    assert "&amp;lt;b&amp;gt;&amp;amp;amp;&amp;lt;/b&amp;gt;" in raw  # words that look like HTML, in HTML, in XML
    assert "🏠👩‍🏫 “é”" in entry.summary
    assert not [sign for sign in raw if ord(sign) < 32 and sign != "\n"]
