"""Every address of the site, and who comes to which end there: each a Door, by the name of the address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from commitments import models as promised
from commitments.mail_links import Purpose
from commitments.services import feed_addresses
from commitments.showing.portfolios import portfolio_uid
from tests.commitments.doors import (
    BOSS,
    DESK,
    EVERYBODY,
    KNOWN,
    MEMBERS,
    NOTHING,
    OPEN,
    REFUSED,
    WRITERS,
    Door,
    House,
    accepted,
    feed_of_person,
    get,
    in_office,
    note,
    one,
    paper,
    pk,
    post,
    send,
    signed,
    turn,
    uid,
)
from tests.commitments.feed import LISTS, STATS
from tests.commitments.offices import DAY
from transcripts import models as said

COMMITTEE = "commissie-voor-wonen-en-energie"
AT_DESK = {OPEN: DESK}
DECIDES = {OPEN: DESK, REFUSED: "anonymous stranger reader"}
BOSS_ALONE = {OPEN: BOSS, REFUSED: WRITERS}
DOORS: dict[str, Door] = {
    "start": Door(get("start"), {OPEN: EVERYBODY}),
    "calendar": Door(get("calendar"), {OPEN: EVERYBODY}),
    "commitments": Door(get("commitments"), {OPEN: EVERYBODY}),
    "commitments_csv": Door(get("commitments_csv"), {OPEN: EVERYBODY}),
    "commitment": Door(get("commitment", one), {OPEN: EVERYBODY}),
    "person": Door(get("person", lambda house: [house.row[said.Person].uid]), {OPEN: EVERYBODY}),
    "people": Door(get("people"), {OPEN: EVERYBODY}),
    "portfolios": Door(get("portfolios"), {OPEN: EVERYBODY}),
    "portfolio": Door(get("portfolio", lambda house: ["wonen"]), {OPEN: EVERYBODY}),
    "committees": Door(get("committees"), {OPEN: EVERYBODY}),
    "committee": Door(get("committee", lambda house: [COMMITTEE]), {OPEN: EVERYBODY}),
    "documents": Door(get("documents"), {OPEN: EVERYBODY}),
    "document": Door(get("document", paper), {OPEN: EVERYBODY}),
    "document_upload": Door(get("document_upload"), {OPEN: EVERYBODY}),  # leads to the door of the admin
    "question": Door(get("question", one), {OPEN: DESK, REFUSED: "stranger reader"}),
    "question_docx": Door(get("question_docx", one), {OPEN: DESK, REFUSED: "stranger reader"}),
    "hand_over": Door(get("hand_over"), {OPEN: DESK, REFUSED: "stranger reader"}),
    "watch_alone": Door(post("watch_alone", one), {OPEN: KNOWN}),
    "office": Door(get("office"), {OPEN: KNOWN}),
    "my_searches": Door(get("my_searches"), {OPEN: KNOWN}),
    "my_search_tell": Door(post("my_search_tell", pk(promised.SavedSearch)), {NOTHING: KNOWN}),
    "my_search_remove": Door(post("my_search_remove", pk(promised.SavedSearch)), {NOTHING: KNOWN}),
    "my_settings": Door(get("my_settings"), {OPEN: KNOWN}),
    "my_mail": Door(get("my_mail"), {OPEN: KNOWN}),
    "my_mail_preview": Door(get("my_mail_preview"), {OPEN: "stranger", NOTHING: "reader reviewer manager superuser"}),
    "my_mail_again": Door(post("my_mail_again", one), {OPEN: KNOWN}),
    "my_keys": Door(get("my_keys"), {OPEN: KNOWN}),
    "my_key_revoke": Door(post("my_key_revoke", pk(promised.ApiToken)), {NOTHING: KNOWN}),
    "my_webhook_add": Door(post("my_webhook_add"), {OPEN: KNOWN}),
    "my_webhook": Door(post("my_webhook", pk(promised.WebHook, "proef")), {NOTHING: KNOWN}),
    "my_delivery_again": Door(post("my_delivery_again", pk(promised.WebHookDelivery)), {NOTHING: KNOWN}),
    "my_feeds": Door(get("my_feeds"), {OPEN: KNOWN}),
    "my_feeds_revoke": Door(
        post("my_feeds_revoke", lambda house: [house.row[promised.FeedAddress].pk]),
        {OPEN: "reviewer", NOTHING: "stranger reader manager superuser"},
    ),
    "feed_all": Door(get("feed_all", lambda house: ["ics"]), {OPEN: EVERYBODY}),
    "feed_person": Door(feed_of_person("ics"), {OPEN: EVERYBODY}),
    "feed_portfolio": Door(get("feed_portfolio", lambda house: ["wonen", "ics"]), {OPEN: EVERYBODY}),
    "feed_committee": Door(get("feed_committee", lambda house: [COMMITTEE, "ics"]), {OPEN: EVERYBODY}),
    # Whoever has the secret has what it gives; without it nobody does (test_private.py says when it stops).
    "feed_own": Door(get("feed_own", lambda house: ["ics"]), {NOTHING: EVERYBODY}),
    # Whoever has a signed address comes as far as its page; what sending the form takes, test_mail_links.py says.
    "mail_put_off": Door(signed(Purpose.PUT_OFF), {OPEN: EVERYBODY}),
    "mail_asked": Door(signed(Purpose.ASKED), {OPEN: EVERYBODY}),
    "mail_stop": Door(signed(Purpose.STOP), {OPEN: EVERYBODY}),
    "office_mark": Door(
        post("office_mark", in_office), {OPEN: WRITERS, REFUSED: "reader", NOTHING: "stranger superuser"}
    ),
    "office_note": Door(
        post("office_note", in_office, text="x"), {OPEN: WRITERS, REFUSED: "reader", NOTHING: "stranger superuser"}
    ),
    "office_note_edit": Door(
        post("office_note_edit", note, text="x"), {REFUSED: MEMBERS, NOTHING: "stranger superuser"}
    ),
    "office_note_remove": Door(
        post("office_note_remove", note),
        {OPEN: "manager", REFUSED: "reader reviewer", NOTHING: "stranger superuser"},
    ),
    "api:docs": Door(get("api:docs"), {OPEN: EVERYBODY}),
    "api:schema": Door(get("api:schema"), {OPEN: EVERYBODY}),
    "api:commitment-list": Door(get("api:commitment-list"), {OPEN: EVERYBODY}),
    "api:commitment-detail": Door(get("api:commitment-detail", one), {OPEN: EVERYBODY}),
    "api:commitment-office": Door(
        get("api:commitment-office", one), {OPEN: MEMBERS, NOTHING: "anonymous stranger superuser"}
    ),
    "api-nothing": Door(get("api-nothing"), {NOTHING: EVERYBODY}),
    **{f"api:{name}-list": Door(get(f"api:{name}-list"), {OPEN: EVERYBODY}) for name in LISTS if name != "commitment"},
    **{f"api:{name}": Door(get(f"api:{name}"), {OPEN: EVERYBODY}) for name in STATS},
    "api:statement-detail": Door(get("api:statement-detail", accepted), {OPEN: EVERYBODY}),
    "api:follow-up-detail": Door(
        get("api:follow-up-detail", uid(promised.FollowUp)), {OPEN: DESK, NOTHING: "anonymous stranger reader"}
    ),
    "api:event-detail": Door(
        get("api:event-detail", lambda house: [house.office.commitment.events.first().uid]), {OPEN: EVERYBODY}
    ),
    "api:document-detail": Door(get("api:document-detail", uid(said.Document)), {OPEN: EVERYBODY}),
    "api:agenda-item-detail": Door(get("api:agenda-item-detail", uid(said.AgendaItem)), {OPEN: EVERYBODY}),
    "api:speech-detail": Door(get("api:speech-detail", uid(said.Speech)), {OPEN: EVERYBODY}),
    "api:person-detail": Door(get("api:person-detail", uid(said.Person)), {OPEN: EVERYBODY}),
    "api:mandate-detail": Door(get("api:mandate-detail", uid(said.Mandate)), {OPEN: EVERYBODY}),
    "api:portfolio-detail": Door(
        get("api:portfolio-detail", lambda house: [portfolio_uid("Wonen")]), {OPEN: EVERYBODY}
    ),
    "api:statement-accept": Door(send("api:statement-accept", uid(promised.Statement)), DECIDES),
    "api:statement-reject": Door(send("api:statement-reject", uid(promised.Statement), reason="fact"), DECIDES),
    "api:follow-up-confirm": Door(send("api:follow-up-confirm", uid(promised.FollowUp)), DECIDES),
    "api:follow-up-dismiss": Door(send("api:follow-up-dismiss", uid(promised.FollowUp), reason="twice"), DECIDES),
    "api:commitment-notes": Door(
        send("api:commitment-notes", one, text="x"), {OPEN: WRITERS, REFUSED: "anonymous stranger reader superuser"}
    ),
    "health-live": Door(get("health-live"), {OPEN: EVERYBODY}),
    "health-ready": Door(get("health-ready"), {OPEN: EVERYBODY}),
    "health-work": Door(get("health-work"), {OPEN: EVERYBODY}),
    "logout": Door(post("logout"), {OPEN: EVERYBODY}),
    "set_language": Door(post("set_language", language="en"), {OPEN: EVERYBODY}),
    "admin:index": Door(get("admin:index"), AT_DESK),
    "admin:login": Door(get("admin:login"), {OPEN: "anonymous stranger reader", NOTHING: DESK}),  # is in: led on
    "admin:logout": Door(post("admin:logout"), {OPEN: DESK, NOTHING: "anonymous stranger reader"}),
    "admin:jsi18n": Door(get("admin:jsi18n"), AT_DESK),
    "admin:password_change": Door(get("admin:password_change"), AT_DESK),
    "admin:password_change_done": Door(get("admin:password_change_done"), AT_DESK),
    "admin:app_list": Door(get("admin:app_list", lambda house: ["commitments"]), AT_DESK),
    "admin:view_on_site": Door(get("admin:view_on_site", lambda house: [1, 1]), {NOTHING: DESK}),
    "admin:autocomplete": Door(
        get("admin:autocomplete", app_label="transcripts", model_name="mandate", field_name="person"),
        AT_DESK,
    ),
    "admin:auth_user_password_change": Door(get("admin:auth_user_password_change", pk(User)), BOSS_ALONE),
    "admin:transcripts_person_merge": Door(get("admin:transcripts_person_merge"), BOSS_ALONE),
    "admin:transcripts_syncposition_again": Door(get("admin:transcripts_syncposition_again"), BOSS_ALONE),
    "admin:transcripts_document_version": Door(
        get("admin:transcripts_document_version", pk(said.Document)), BOSS_ALONE
    ),
    "admin:commitments_commitment_status": Door(
        post("admin:commitments_commitment_status", pk(promised.Commitment), status="open"), AT_DESK
    ),
    "admin:commitments_commitment_life": Door(
        post("admin:commitments_commitment_life", pk(promised.Commitment, "part"), title="x"), AT_DESK
    ),
    "admin:commitments_learnedweights_forget": Door(post("admin:commitments_learnedweights_forget"), BOSS_ALONE),
    "admin:commitments_statement_desk": Door(get("admin:commitments_statement_desk"), AT_DESK),
    "admin:commitments_statement_undo": Door(post("admin:commitments_statement_undo"), AT_DESK),
    "admin:commitments_statement_words": Door(
        get("admin:commitments_statement_words", said_on="2026-01-01", words="morgen"), AT_DESK
    ),
    "admin:commitments_statement_decide": Door(
        post("admin:commitments_statement_decide", pk(promised.Statement, "accept"), seen="0"), AT_DESK
    ),
    "admin:commitments_statement_mark": Door(get("admin:commitments_statement_mark", turn), AT_DESK),
    "admin:commitments_followup_desk": Door(get("admin:commitments_followup_desk"), AT_DESK),
    "admin:commitments_followup_undo": Door(post("admin:commitments_followup_undo"), AT_DESK),
    "admin:commitments_followup_decide": Door(
        post("admin:commitments_followup_decide", pk(promised.FollowUp, "confirm"), seen="0"), AT_DESK
    ),
    "admin:commitments_followup_search": Door(post("admin:commitments_followup_search", one), AT_DESK),
}


@dataclass(frozen=True)
class Rights:
    """Who may look at rows of a model in the admin, add one by its form, change one by its form, and delete one."""

    view: str = BOSS
    add: str = ""
    change: str = ""
    delete: str = ""


MODELS: dict[type[Model], Rights] = {
    User: Rights(BOSS, BOSS, BOSS, BOSS),
    Group: Rights(BOSS, BOSS, BOSS, BOSS),
    said.Person: Rights(DESK, BOSS, BOSS, BOSS),
    said.Mandate: Rights(BOSS, BOSS, BOSS, BOSS),
    said.Party: Rights(BOSS, BOSS, BOSS, BOSS),
    said.Meeting: Rights(BOSS, BOSS, BOSS, BOSS),
    said.Document: Rights(DESK, BOSS, BOSS, BOSS),
    said.AgendaItem: Rights(DESK),
    said.Speech: Rights(BOSS),
    said.SyncPosition: Rights(BOSS, "", BOSS),
    promised.Statement: Rights(DESK),
    promised.Commitment: Rights(DESK, DESK),
    promised.FollowUp: Rights(DESK, DESK),
    promised.Part: Rights(DESK),
    promised.Asking: Rights(DESK),
    promised.OutsideStatement: Rights(DESK),
    promised.Event: Rights(DESK),
    promised.Extraction: Rights(BOSS),
    promised.Digest: Rights("manager superuser"),
    promised.ApiToken: Rights("manager superuser"),
    promised.LearnedWeights: Rights(DESK),
    promised.Team: Rights("manager superuser", BOSS, BOSS),
    promised.Membership: Rights("manager superuser", *["manager superuser"] * 3),
    promised.Tag: Rights("manager superuser", *["manager superuser"] * 3),
    promised.Subscription: Rights("manager superuser", "manager superuser", "manager superuser", BOSS),
}
# Rows that are not found by who looks after none of them: there is no telling whether they are there.
HIDDEN: dict[type[Model], str] = {promised.Tag: BOSS}
HIDDEN_VERSIONS: dict[type[Model], str] = {
    promised.Tag: "reviewer superuser",
    promised.Membership: "reviewer",
    promised.Subscription: "reviewer",
    promised.Digest: "reviewer",
    promised.ApiToken: "reviewer",
}


def of_model(model: type[Model]) -> Iterator[tuple[str, Door]]:
    """The doors that Django's admin gives every model."""
    stem, rights = f"admin:{model._meta.app_label}_{model._meta.model_name}", MODELS[model]
    for verb, people in (
        ("changelist", rights.view),
        ("add", rights.add),
        ("change", rights.view),
        ("delete", rights.delete),
        ("history", rights.view),
    ):
        args = pk(model) if verb not in ("changelist", "add") else lambda house: []
        hidden = {"change": HIDDEN, "delete": HIDDEN, "history": HIDDEN_VERSIONS}.get(verb, {}).get(model, "")
        ends = {NOTHING: hidden, OPEN: people, REFUSED: DESK}
        yield f"{stem}_{verb}", Door(get(f"{stem}_{verb}", args), ends)
    if hasattr(model, "history"):
        name = f"{stem}_simple_history"

        def version(house: House) -> list:
            row = house.row[model]
            return [row.pk, row.history.first().pk]  # type: ignore[attr-defined]

        yield (
            name,
            Door(get(name, version), {NOTHING: HIDDEN_VERSIONS.get(model, ""), OPEN: rights.view, REFUSED: DESK}),
        )


# Doors that only show are tried on one set of rows together; what does something has its own.
GROUPS = {name: {name: door} for name, door in DOORS.items()} | {
    model._meta.label: dict(of_model(model)) for model in MODELS
}
ALL = {name: door for group in GROUPS.values() for name, door in group.items()}
# Other answers under an address that is in the table.
GROUPS["hand_over files"] = {
    kind: Door(lambda client, house, kind=kind: client.get(reverse("hand_over", args=[kind])), DOORS["hand_over"].ends)
    for kind in ("csv", "docx")
}

GROUPS["feeds for readers"] = {
    "all": Door(get("feed_all", lambda house: ["atom"]), {OPEN: EVERYBODY}),
    "person": Door(feed_of_person("atom"), {OPEN: EVERYBODY}),
    "portfolio": Door(get("feed_portfolio", lambda house: ["wonen", "atom"]), {OPEN: EVERYBODY}),
    "committee": Door(get("feed_committee", lambda house: [COMMITTEE, "atom"]), {OPEN: EVERYBODY}),
    "own": Door(get("feed_own", lambda house: ["atom"]), {NOTHING: EVERYBODY}),
}


def secret_feed(kind: str) -> Callable:
    """Ask with the secret of somebody of the office."""

    def ask(client: Client, house: House) -> HttpResponse:
        _row, secret = feed_addresses.make(user=house.office.users["a_reader"], team=house.office.a, day=DAY)
        return client.get(reverse("feed_own", args=[kind]), {"key": secret})

    return ask


GROUPS["feeds with their secret"] = {kind: Door(secret_feed(kind), {OPEN: EVERYBODY}) for kind in ("ics", "atom")}
