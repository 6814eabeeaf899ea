"""Whatever two versions of a document say, it says what the newest one says."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests import papers
from tests.transcripts.test_revising import SENTENCES, several
from transcripts.models import Document, Speech
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db

VERSION = st.lists(
    st.lists(
        st.tuples(st.sampled_from([papers.member(), papers.minister(), papers.chair()]), st.sampled_from(SENTENCES)),
        min_size=1,
        max_size=5,
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VERSION, VERSION)
def test_whatever_came_before_a_document_says_what_its_newest_version_says(first, second):
    """Every turn once, in order, at its place; no row shared, none left over; or two documents that say their own."""
    versions = [several(*((f"over punt {at}", said) for at, said in enumerate(items))) for items in (first, second)]
    assume(versions[0].sha256 != versions[1].sha256)
    with transaction.atomic():
        results = [import_paper(paper=paper) for paper in versions]
        expected = versions[1:] if results[1].updated else versions
        assert Document.objects.count() == len(expected)
        for paper, document in zip(expected, Document.objects.order_by("pk"), strict=True):
            assert document.text == paper.source.text
            turns = [turn for item in paper.transcript.items for turn in item.turns]
            rows = list(Speech.objects.filter(item__document=document).order_by("item__position", "position"))
            assert [(row.text, row.start, row.label) for row in rows] == [
                (turn.text, turn.start, turn.speaker.label) for turn in turns
            ]
            items = list(document.items.order_by("position").values_list("position", "title"))
            assert items == list(enumerate((item.title for item in paper.transcript.items), start=1))
        transaction.set_rollback(True)
