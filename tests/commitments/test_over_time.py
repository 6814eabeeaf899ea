"""The picture of promises over time: what a bar shows, and where it stands."""

from datetime import date

import lxml.etree
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from commitments.showing.over_time import HEIGHT, LEFT, MOST, ORDER, RIGHT, TOP, WIDTH, draw, quarter_before

DAY = date(2026, 5, 4)


def row(quarter: date, **counts: int) -> dict:
    found = dict.fromkeys((*ORDER, "moved", "days_moved"), 0) | counts
    return {"quarter": quarter, "total": sum(found[name] for name in ORDER), **found}


def test_quarters_without_a_promise_stand_in_the_row_as_well():
    found = draw([row(date(2025, 4, 1), on_time=1)], DAY)
    assert [one.start for one in found.quarters] == [
        date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)
    ]  # fmt: skip
    assert [one.begins_a_year for one in found.quarters] == [False, False, False, True, False]


def test_no_more_is_drawn_than_a_legislature_and_what_came_before_is_counted():
    found = draw([row(date(1999, 1, 1), silent=3), row(date(2026, 1, 1), later=2)], DAY)
    assert len(found.quarters) == MOST
    assert (found.earlier, found.totals["total"]) == (3, 2)


def test_the_parts_of_a_bar_stand_on_each_other_in_their_order():
    (one,) = draw([row(date(2026, 4, 1), on_time=2, later=1, silent=1)], DAY).quarters
    assert [piece.name for piece in one.pieces] == ["on_time", "later", "silent"]
    ground, middle, top = one.pieces
    assert round(ground.y + ground.height, 1) == HEIGHT - 18
    assert (round(middle.y + middle.height, 1), round(top.y + top.height, 1)) == (
        round(ground.y, 1),
        round(middle.y, 1),
    )
    assert ground.height == 2 * middle.height


def test_days_put_off_are_an_average_over_those_that_were():
    rows = [
        row(date(2026, 1, 1), silent=4, moved=2, days_moved=60),
        row(date(2026, 4, 1), silent=1, moved=1, days_moved=3),
    ]
    found = draw(rows, DAY)
    assert [one.days_each for one in found.quarters] == [30, 3]
    assert (found.days_each, found.most_days) == (21, 30)
    assert found.quarters[0].days_height > found.quarters[1].days_height > 0


COUNTS = st.fixed_dictionaries({name: st.integers(0, 3000) for name in (*ORDER, "moved", "days_moved")})


@given(st.dictionaries(st.integers(0, 40), COUNTS, min_size=1, max_size=12))
def test_nothing_is_drawn_outside_the_drawing(found):
    rows = []
    for ago, counts in found.items():
        start = date(2026, 4, 1)
        for _ in range(ago):
            start = quarter_before(start)
        rows.append(row(start, **counts))
    for one in draw(rows, DAY).quarters:
        assert one.x >= LEFT
        assert one.x + one.width <= WIDTH - RIGHT
        for piece in one.pieces:
            assert piece.y >= TOP - 0.01
            assert piece.y + piece.height <= HEIGHT - 18 + 0.01
        assert one.days_y >= TOP - 0.01


def test_the_picture_is_well_formed_numbered_with_points_and_has_a_table_behind_it(settings):
    settings.LANGUAGE_CODE = "nl-be"
    drawing = draw([row(date(2026, 1, 1), on_time=1, silent=2, moved=1, days_moved=20)], DAY)
    shown = render_to_string("parts/over_time.html", {"drawing": drawing})
    for part in shown.split("<svg")[1:]:
        svg = lxml.etree.fromstring("<svg" + part.partition("</svg>")[0] + "</svg>")
        for rect in svg.iter("rect"):
            assert all(float(rect.get(name)) >= 0 for name in ("x", "y", "width", "height"))
    assert shown.count("<rect") == 3
    assert "style=" not in shown
    assert shown.count("<tr>") == 2
