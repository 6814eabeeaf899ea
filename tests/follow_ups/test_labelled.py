"""How well follow-ups are found in the labelled samples: floors that may be raised and never lowered."""

from functools import cache

import pytest

from commitments.engine.followups import Certainty
from tests.follow_ups.labelled import FOLLOW_UPS, Labels, Measured, items, measure, promises

SETS = sorted(path.name for path in FOLLOW_UPS.glob("labels*.toml"))

LEAST_IN_TOP = 0.95  # of the labelled follow-ups, among the three best beside the same sentence
LEAST_IN_TOP_OF_ITEM = 0.85  # among the three best of the whole item; some items follow up five promises
LEAST_PRECISION = 0.95  # of those shown as certain
LEAST_PROBABLE = 0.9  # of those shown as probable
LEAST_SIGN = 0.9  # told apart rightly: recalled, restated, done, postponed, weakened
LEAST_DUE = 0.9  # of the new deadlines that were named, with the new last day
MOST_HARD = 0.1  # of the hard negatives, shown at all

every_set = pytest.mark.parametrize("name", SETS)


@cache
def labels(name: str) -> Labels:
    return Labels(FOLLOW_UPS / name)


@cache
def measured(name: str) -> Measured:
    return measure(labels(name))


@every_set
def test_there_are_as_many_labels_as_were_asked_for(name: str) -> None:
    pairs, hard = (20, 30) if name == "labels3.toml" else (40, 60)
    assert len(labels(name).follow_ups) >= pairs
    assert len(labels(name).hard_negatives) >= hard


@every_set
def test_every_label_names_a_promise_and_an_item_of_the_samples(name: str) -> None:
    told = labels(name)
    keys = {row["key"] for row in told.told["promise"]}
    for promise, item in [*told.follow_ups, *told.hard_negatives, *told.maybe]:
        assert promise in keys
        assert item in items(*told.folders)
    assert not told.follow_ups.keys() & told.hard_negatives.keys()


@every_set
def test_a_follow_up_is_among_the_three_best_beside_its_sentence(name: str) -> None:
    assert measured(name).in_top >= LEAST_IN_TOP


@every_set
def test_a_follow_up_is_among_the_three_best_of_its_item_where_there_is_room(name: str) -> None:
    assert measured(name).in_top_of_item >= LEAST_IN_TOP_OF_ITEM


@every_set
def test_what_is_shown_as_certain_is_one(name: str) -> None:
    right, shown = measured(name).precision(Certainty.CERTAIN)
    assert shown >= len(labels(name).follow_ups) / 3
    assert right / shown >= LEAST_PRECISION


@every_set
def test_what_is_shown_as_probable_is_one_as_a_rule(name: str) -> None:
    right, shown = measured(name).precision(Certainty.PROBABLE)
    assert right / shown >= LEAST_PROBABLE


@every_set
def test_what_became_of_the_promise_is_told(name: str) -> None:
    told = measured(name)
    right = [
        told.matches[pair].sign in row["kinds"] for pair, row in labels(name).follow_ups.items() if pair in told.matches
    ]
    assert sum(right) / len(right) >= LEAST_SIGN


@every_set
def test_a_new_last_day_is_read(name: str) -> None:
    told = measured(name)
    dated = {pair: row["due_end"] for pair, row in labels(name).follow_ups.items() if "due_end" in row}
    right = [
        (one := told.matches.get(pair)) and one.deadline and one.deadline.due_end == day for pair, day in dated.items()
    ]
    assert sum(map(bool, right)) / len(right) >= LEAST_DUE


@every_set
def test_hardly_any_hard_negative_is_shown_and_none_as_certain(name: str) -> None:
    told = measured(name)
    shown = [told.matches[pair] for pair in labels(name).hard_negatives if pair in told.matches]
    assert len(shown) <= MOST_HARD * len(labels(name).hard_negatives)
    assert not [one for one in shown if one.certainty is Certainty.CERTAIN]


@every_set
def test_no_promise_is_matched_with_the_item_it_was_made_in_or_an_earlier_one(name: str) -> None:
    heard = items(*labels(name).folders)
    for key, at in measured(name).matches:
        day = heard[at].item.said_on
        assert day > promises(labels(name), day)[key].promise.said_on[0]
