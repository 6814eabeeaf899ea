"""Mail servers with TLS and a login: what is wrong with either is told, and nothing goes out in the clear."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.core.mail import EmailMessage

from tests.mailing.server import Plan, Server, serving
from tracker.post import Answer, Outcome, Post

# In a connection that is TLS from its first byte there is nothing left for aiosmtpd to require.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

TO = "an@example.org"
NAME, PASSWORD = "toegezegd", "het juiste wachtwoord"
HOST = "127.0.0.1"
Serve = Callable[..., Server]


class Users:
    """Who may log in at the mail server, and who did."""

    def __init__(self) -> None:
        self.came: list[bytes] = []

    def __call__(self, server: object, session: object, envelope: object, mechanism: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.came.append(given.login)
        right = (given.login, given.password) == (NAME.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signs certificates that this machine trusts."""
    return trustme.CA()


@pytest.fixture(autouse=True)
def _trusted(authority, tmp_path: Path, monkeypatch) -> None:
    """An authority of one's own is named to OpenSSL, as it is on a server."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(made)
    return made


@pytest.fixture
def plan() -> Plan:
    return Plan()


@pytest.fixture
def users() -> Users:
    return Users()


@pytest.fixture(params=["starttls", "smtps"])
def serve(request, plan, users, settings) -> Iterator[Serve]:
    """Start a mail server with a certificate, and name it in the settings with name and password."""
    with ExitStack() as stack:

        def begin(certificate: trustme.LeafCert, password: str = PASSWORD) -> Server:
            tls = {request.param: context(certificate)}
            there = stack.enter_context(serving(plan, authenticator=users, **tls))
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = HOST, there.port, 10
            settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = request.param == "starttls", request.param == "smtps"
            settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = NAME, password
            return there

        yield begin


def hand(post: Post, to: str = TO) -> Answer:
    mail = EmailMessage("Toezegging", "Dag", "toegezegd@example.org", [to], headers={"Message-ID": f"<1-{to}>"})
    return post.hand_over(mail, before_the_dot=lambda: None)


def test_mails_go_over_one_connection_with_tls_after_one_login(serve, authority, plan, users):
    serve(authority.issue_cert(HOST))
    with Post() as post:
        assert [hand(post, f"n{at}@example.org").outcome for at in range(5)] == [Outcome.TAKEN] * 5
    assert users.came == [NAME.encode()]
    assert len(plan.taken) == 5


def test_a_wrong_password_is_told_with_the_words_of_the_server_and_not_said_again(serve, authority, plan, users):
    serve(authority.issue_cert(HOST), "het verkeerde")
    with Post() as post:
        answer = hand(post)
    assert (answer.outcome, answer.code) == (Outcome.NO_LOGIN, 535)
    assert "Authentication credentials invalid" in answer.words
    assert len(users.came) <= 2, "each way of saying it once: more attempts would lock us out"
    assert not plan.taken


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("expired", "certificate has expired"),
        ("untrusted", "unable to get"),
        ("another's", "not valid for '127.0.0.1'"),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused_with_its_reason_and_nothing_is_said(
    serve, authority, plan, users, wrong, words
):
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = {
        "expired": lambda: authority.issue_cert(HOST, not_before=yesterday - timedelta(days=1), not_after=yesterday),
        "untrusted": lambda: trustme.CA().issue_cert(HOST),
        "another's": lambda: authority.issue_cert("mail.example.org"),
    }[wrong]()
    serve(certificate)
    with Post() as post:
        answer = hand(post)
    assert answer.outcome is Outcome.UNTRUSTED
    assert words in answer.words
    assert "_ssl.c" not in answer.words
    assert not users.came, "no password for who is not known"
    assert not plan.taken


def test_where_tls_is_asked_for_and_not_there_nothing_goes_in_the_clear(plan, settings):
    with serving(plan) as there:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = HOST, there.port, 10
        settings.EMAIL_USE_TLS = True
        with Post() as post:
            answers = [hand(post), hand(post, "bo@example.org")]
    assert {one.outcome for one in answers} == {Outcome.UNTRUSTED}
    assert "STARTTLS" in answers[0].words
    assert not plan.taken


def test_a_connection_with_tls_that_is_gone_after_the_dot_is_unknown_and_the_next_one_is_new(serve, authority, plan):
    serve(authority.issue_cert(HOST))
    plan.to[TO] = ["dot, taken"]
    with Post() as post:
        assert hand(post).outcome is Outcome.UNKNOWN
        assert hand(post, "bo@example.org").outcome is Outcome.TAKEN
    assert [one["to"] for one in plan.taken] == [TO, "bo@example.org"]
