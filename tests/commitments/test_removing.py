"""A document is removed with all that was read from it, unless a commitment is built upon it."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from commitments.models import Commitment, FollowUp, Statement
from commitments.services import review
from tests import rows
from transcripts.models import Document
from transcripts.services import NotRemovedError, remove

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 2)


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def accepted(reviewer) -> Statement:
    statement = rows.statement()
    review.accept(statement=statement, actor=reviewer, day=DAY)
    return statement


def of(statement: Statement) -> Document:
    return statement.speech.item.document


def test_a_document_with_an_accepted_statement_stays_until_that_is_put_back(accepted, reviewer):
    with pytest.raises(NotRemovedError, match="1 accepted statement; put it back to proposed"):
        remove(document=of(accepted), actor=reviewer)
    assert Commitment.objects.published().exists()
    review.reopen(statement=accepted, actor=reviewer, day=DAY)
    remove(document=of(accepted), actor=reviewer)
    assert not Document.objects.exists()
    assert not Statement.objects.exists()


def test_a_document_in_which_somebody_follows_up_stays(reviewer):
    followed = rows.follow_up(rows.commitment())
    document = followed.item.document
    FollowUp.objects.update(state=FollowUp.State.CONFIRMED)
    with pytest.raises(NotRemovedError, match="is followed up in"):
        remove(document=document, actor=reviewer)
    FollowUp.objects.update(state=FollowUp.State.DISMISSED)
    remove(document=document, actor=reviewer)
    assert not Document.objects.filter(pk=document.pk).exists()


def test_who_removed_what_is_kept(reviewer):
    document = of(rows.statement())
    remove(document=document, actor=reviewer)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (reviewer, document.title)
    assert document.sha256 in entry.change_message


@pytest.mark.parametrize("many", [False, True], ids=["one", "chosen from the list"])
def test_the_desk_says_why_a_document_stays_and_removes_one_nobody_builds_on(client, admin_user, accepted, many):
    def delete(document: Document):
        if not many:
            return client.post(reverse("admin:transcripts_document_delete", args=[document.pk]), {"post": "yes"})
        chosen = {"action": "delete_selected", "_selected_action": [document.pk], "post": "yes"}
        return client.post(reverse("admin:transcripts_document_changelist"), chosen)

    client.force_login(admin_user)
    assert "put it back to proposed at the review desk first" in delete(of(accepted)).content.decode()
    assert Document.objects.filter(pk=of(accepted).pk).exists()
    other = of(rows.statement())
    assert delete(other).status_code == 302
    assert not Document.objects.filter(pk=other.pk).exists()
    assert LogEntry.objects.filter(user=admin_user).count() == 1
