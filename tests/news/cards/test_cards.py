"""Cards at their addresses: who can see which, and that each is drawn once."""

import pytest
from django.core.files.storage import default_storage

from embassy import moment
from embassy.models import Mission
from news import actions
from news.cards import drawing, keeping
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """The cards that were drawn, in turn; the first bytes of each picture tell which."""
    cards = []

    def draw(card):
        cards.append(card)
        return f"card {len(cards)}".encode() + keeping.END

    monkeypatch.setattr(keeping, "draw", draw)
    monkeypatch.setattr(keeping, "FOLDER", f"cards-{id(cards)}")
    return cards


def status(visitor, number, sequence=1, prefix="", at=NOW):
    with moment.at(at):
        return visitor.get(f"{prefix}/messages/{number}/editions/{sequence}/card.png").status_code


def test_a_card_shows_mission_title_date_and_number_in_the_language_of_the_statement(visitor, now, drawn):
    Mission.objects.create(name={"en": "Embassy", "ru": "Посольство"})
    make_live(title="Пожар", language="ru")
    answer = visitor.get("/messages/1/editions/1/card.png")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ru/messages/1/editions/1/card.png")
    answer = visitor.get("/ru/messages/1/editions/1/card.png")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert drawn == [
        drawing.Card(
            ("Посольство", "Embassy"), ("Пожар",), ("25 октября 2021", "25.10.2021"), (drawn[0].number[0], "1"), ("",)
        )
    ]


def test_a_card_is_there_while_its_text_can_be_read(visitor, drawn):
    make_live()
    make_scheduled(NOW + DAY)
    make_draft()
    make_removed()
    make_withdrawn()
    assert [status(visitor, number) for number in (1, 2, 3, 4)] == [200, 404, 404, 200]
    assert [status(visitor, 2, at=NOW + DAY), status(visitor, 1, 2), status(visitor, 99)] == [200, 404, 404]
    assert status(visitor, 3, at=NOW - 2 * MINUTE) == 200


def test_a_card_says_what_became_of_its_text(visitor, now, drawn):
    first = make_live()
    visitor.get("/messages/1/editions/1/card.png")
    actions.release(make_next(first, at=NOW - MINUTE), by=None, at=NOW - MINUTE)
    make_withdrawn()
    for path in ("1/editions/1", "1/editions/2", "2/editions/2"):
        visitor.get(f"/messages/{path}/card.png")
    assert [card.mark for card in drawn] == [("",), ("Superseded",), ("",), ("Withdrawn",)]


def test_a_card_is_drawn_once_until_what_it_shows_is_another(visitor, drawn):
    make_counter(slug="fire")
    make_live(title="Day {days:fire}")
    asked = [status(visitor, 1, at=at) for at in (NOW, NOW + MINUTE, NOW + DAY)]
    assert asked == [200] * 3
    assert [card.title for card in drawn] == [("Day 1331",), ("Day 1332",)]


def test_a_card_that_was_cut_off_while_it_was_written_is_drawn_again(drawn):
    card = drawing.Card(("M",), ("T",), ("D",), ("N",))
    whole = keeping.picture(card)
    path = keeping._path(card)
    default_storage.delete(path)
    with default_storage.open(path, "wb") as file:
        file.write(whole[:-1])
    again = [keeping.picture(card) for _ in range(2)]
    assert again == [b"card 2" + keeping.END] * 2
    assert default_storage.listdir(path.rpartition("/")[0]) == ([], [path.rpartition("/")[2]])


def test_a_storage_that_takes_nothing_costs_time_and_no_card(drawn, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    card = drawing.Card(("M",), ("T",), ("D",), ("N",))
    assert [keeping.picture(card) for _ in range(2)] == [b"card 1" + keeping.END, b"card 2" + keeping.END]


@pytest.mark.parametrize("editions", [1, 3])
def test_a_card_costs_the_same_queries_whatever_there_is(visitor, drawn, django_assert_num_queries, editions):
    edition = make_live()
    for number in range(1, editions):
        at = NOW - 60 * MINUTE + number * MINUTE
        edition = actions.release(make_next(edition, at=at), by=None, at=at)
    with moment.at(NOW), django_assert_num_queries(2):
        visitor.get(f"/messages/1/editions/{edition.sequence}/card.png")


def test_a_real_card_is_a_small_picture_that_other_sites_may_show(visitor, now):
    make_live(title="Message for the media on the talks")
    answer = visitor.get("/messages/1/editions/1/card.png")
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(answer.content) < 60 * 1024
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
