"""Parts of a file: what is asked for is what is sent, and never a byte that is not there."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news.library import ranges
from tests.generated import examples


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 10)),
        ("bytes=3-5", (3, 3)),
        ("bytes=9-9", (9, 1)),
        ("bytes=5-999999", (5, 5)),
        ("bytes=-1", (9, 1)),
        ("bytes=-999", (0, 10)),
        (" bytes=2-3 ", (2, 2)),
    ],
)
def test_one_range(header, part):
    assert ranges.parse(header, 10) == part


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-3",
        "bytes=a-b",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=٣-٤",
        "bytes= 1-2",
    ],
)
def test_what_is_malformed_or_several_asks_for_all(header):
    assert ranges.parse(header, 10) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=999999999999-", "bytes=-0"])
def test_what_begins_behind_the_end_cannot_be_sent(header):
    with pytest.raises(ranges.Unsatisfiable):
        ranges.parse(header, 10)


numbers = st.one_of(st.just(""), st.integers(0, 30).map(str), st.text("0123456789", max_size=6_000))


@examples(300)
@given(st.builds("bytes={}-{}".format, numbers, numbers) | st.text(max_size=40), st.integers(1, 25))
@example("bytes=" + "9" * 5_000 + "-", 1)
def test_a_part_lies_within_the_file(header, size):
    try:
        part = ranges.parse(header, size)
    except ranges.Unsatisfiable:
        return
    assert part is None or (0 <= part.first < size and 1 <= part.length <= size - part.first)
