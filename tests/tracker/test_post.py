"""Handing mails to a mail server that breaks off: whether each was taken is told as it is."""

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from tests.mailing import server as mailing
from tests.mailing.server import Plan, Server, serving
from tracker.post import DIALOGUES, Answer, Outcome, Post, is_of_the_address

TO = "an@example.org"
LONG = "Een regel van een lange brief.\n" * 500_000  # more than the system takes on before the server reads


@pytest.fixture
def plan() -> Plan:
    return Plan()


@pytest.fixture
def server(plan, settings) -> Iterator[Server]:
    with serving(plan) as there:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", there.port, 10
        yield there


def hand(post: Post, to: str = TO, body: str = "Dag", before=lambda: None) -> Answer:
    mail = EmailMessage("Toezegging", body, "toegezegd@example.org", [to], headers={"Message-ID": f"<1-{to}>"})
    return post.hand_over(mail, before_the_dot=before)


def test_many_mails_go_over_one_connection(server, plan):
    with Post() as post:
        outcomes = {hand(post, f"n{number}@example.org").outcome for number in range(20)}
    assert outcomes == {Outcome.TAKEN}
    assert (len(plan.taken), plan.connections) == (20, 1)


@pytest.mark.parametrize("place", [mailing.AFTER_MAIL, mailing.AFTER_RCPT, mailing.IN_DATA])
def test_a_connection_that_drops_before_the_dot_is_taken_up_again_at_once(server, plan, place):
    plan.to[TO] = [place]
    with Post() as post:
        assert hand(post, body=LONG).outcome is Outcome.TAKEN
    assert plan.dropped == [place]
    assert len(plan.taken) == 1


def test_a_connection_that_drops_at_once_is_taken_up_again(server, plan):
    plan.at_connect = DIALOGUES - 1
    with Post() as post:
        assert hand(post).outcome is Outcome.TAKEN


@pytest.mark.parametrize("place", [mailing.AFTER_MAIL, mailing.AFTER_RCPT, mailing.IN_DATA])
def test_one_that_keeps_dropping_before_the_dot_has_certainly_not_taken_it(server, plan, place):
    plan.to[TO] = [place] * DIALOGUES
    with Post() as post:
        assert hand(post, body=LONG).outcome is Outcome.NOT_TAKEN
        assert hand(post, "bo@example.org").outcome is Outcome.TAKEN
    assert [one["to"] for one in plan.taken] == ["bo@example.org"]


@pytest.mark.parametrize(("place", "taken"), [(mailing.DOT_TAKEN, 1), (mailing.DOT_NOT_TAKEN, 0)])
def test_what_drops_between_the_dot_and_the_answer_is_unknown_and_not_tried_again(server, plan, place, taken):
    plan.to[TO] = [place]
    with Post() as post:
        assert hand(post).outcome is Outcome.UNKNOWN
        assert hand(post, "bo@example.org").outcome is Outcome.TAKEN
    assert [one["to"] for one in plan.taken].count(TO) == taken


def test_a_connection_that_drops_after_the_answer_harms_neither_that_mail_nor_the_next(server, plan):
    plan.to[TO] = [mailing.AFTER_ANSWER]
    with Post() as post:
        assert [hand(post, to).outcome for to in (TO, "bo@example.org")] == [Outcome.TAKEN] * 2
    assert [one["to"] for one in plan.taken] == [TO, "bo@example.org"]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("550 5.1.1 unknown here", Outcome.REFUSED),
        ("550 unknown here", Outcome.REFUSED),
        ("450 4.2.1 later", Outcome.NOT_TAKEN),
        ("550 5.7.1 relaying denied", Outcome.NOT_TAKEN),
        ("552 5.2.2 mailbox full", Outcome.NOT_TAKEN),
        ("dot: 451 greylisted", Outcome.NOT_TAKEN),
        ("dot: 554 looks like spam", Outcome.NOT_TAKEN),
        ("dot: 550 5.1.1 unknown after all", Outcome.REFUSED),
    ],
)
def test_a_refusal_is_of_the_address_only_where_the_server_says_so(server, plan, said, outcome):
    plan.to[TO] = [said]
    with Post() as post:
        answer = hand(post)
        assert hand(post, "bo@example.org").outcome is Outcome.TAKEN
    assert answer == Answer(outcome, int(said.removeprefix("dot: ")[:3]), said.removeprefix("dot: ")[4:])
    assert plan.connections == 1


def test_where_no_server_listens_nothing_was_tried(server, plan):
    plan.at_connect = DIALOGUES
    with Post() as post:
        assert hand(post).outcome is Outcome.AWAY
        assert hand(post).outcome is Outcome.TAKEN


def test_what_stops_the_sender_before_the_dot_leaves_nothing_at_the_server(server, plan):
    with Post() as post:
        with pytest.raises(KeyboardInterrupt):
            hand(post, before=_stop)
        assert hand(post, "bo@example.org").outcome is Outcome.TAKEN
    assert [one["to"] for one in plan.taken] == ["bo@example.org"]


def _stop() -> None:
    raise KeyboardInterrupt


def test_a_line_that_is_a_dot_alone_does_not_end_the_mail(server, plan, monkeypatch):
    bodies = []
    monkeypatch.setattr(plan, "take", lambda to, content: bodies.append(content))
    with Post() as post:
        hand(post, body="Eerst\n.\n..\nDan")
    assert bodies[0].endswith(b"\r\n\r\nEerst\r\n.\r\n..\r\nDan\r\n")


def test_a_connection_that_is_handed_in_is_the_one_that_is_used(server, plan, settings):
    given = EmailBackend(port=server.port)
    settings.EMAIL_PORT = 1
    with Post(given) as post:
        assert hand(post).outcome is Outcome.TAKEN


def test_mails_in_files_are_taken_when_they_are_written_each_in_its_own(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    with Post() as post:
        assert [hand(post, to).outcome for to in (TO, "bo@example.org")] == [Outcome.TAKEN] * 2
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_a_file_that_cannot_be_written_is_a_mail_that_was_not_taken(settings, tmp_path):
    full = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=tmp_path / "mail")
    (tmp_path / "mail").rmdir()
    with Post(full) as post:
        assert hand(post).outcome is Outcome.NOT_TAKEN


@pytest.mark.parametrize(
    ("code", "words", "is_so"),
    [
        (550, "5.1.1 no such user", True),
        (550, "5.1.10 takes no mail", True),
        (550, "5.1.7 bad sender", False),
        (550, "5.1.11 nothing we know", False),
        (553, "no", True),
        (554, "no", False),
        (530, "5.7.0 log in first", False),
        (450, "5.1.1 said by mistake", False),
    ],
)
def test_which_refusals_are_of_the_address(code, words, is_so):
    assert is_of_the_address(code, words, at_recipient=True) is is_so


def test_a_refusal_without_an_enhanced_code_is_of_the_address_only_where_the_address_was_named():
    assert not is_of_the_address(550, "no", at_recipient=False)
