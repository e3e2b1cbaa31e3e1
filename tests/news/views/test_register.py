"""/register.json and the words behind a digest: what anybody can check without asking us."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from embassy import moment
from news.register import lines
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_removed, make_scheduled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(now): ...


def get(visitor, address="/register.json", at=NOW):
    with moment.at(at):
        answer = visitor.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    return json.loads(answer.content)


def test_an_empty_register_says_so(visitor):
    make_draft()
    make_scheduled()
    assert get(visitor) == {
        "format": "Embassy register 1",
        "count": 0,
        "head": "0" * 64,
        "keys": [],
        "signature": None,
        "lines": [],
        "next": None,
    }


def test_a_line_says_which_text_since_when_and_its_digest_and_no_word_of_it(visitor):
    edition = make_live(title="Secretive", language="ru", at=NOW - DAY)
    found = get(visitor)
    (line,) = found["lines"]
    assert {name: line[name] for name in ("position", "number", "edition", "language", "public_from")} == {
        "position": 1,
        "number": 1,
        "edition": 1,
        "language": "ru",
        "public_from": "2021-10-24T21:41:00.000000Z",
    }
    words = visitor.get(f"/messages/{edition.statement.number}/editions/1/canonical.txt")
    assert sha256(words.content).hexdigest() == line["digest"]
    assert words.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (found["count"], found["head"]) == (1, line["chain"])
    assert "Secretive" not in json.dumps(found)


def test_the_same_instant_shows_the_same_bytes_written_or_not(visitor):
    make_live(at=NOW)
    make_scheduled(NOW + MINUTE)
    shown = []
    for _ in range(2):
        with moment.at(NOW + MINUTE):
            shown.append(visitor.get("/register.json").content)
        lines.settle(NOW + 2 * MINUTE)
    assert shown[0] == shown[1]
    assert get(visitor)["count"] == 1


def test_a_long_register_is_read_page_by_page(visitor, monkeypatch):
    monkeypatch.setattr(lines, "PAGE", 2)
    for number in range(4):
        make_live(at=NOW - DAY + number * MINUTE)
    make_scheduled(NOW + MINUTE)
    address, positions = "/register.json", []
    while address:
        page = get(visitor, address, NOW + MINUTE)
        positions.append([line["position"] for line in page["lines"]])
        address = page["next"] and page["next"].removeprefix("http://testserver")
    assert positions == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize("after", ["", "-1", "x", "٣", "1e3", "\x00", "9" * 30, "9" * 9, "1&after=2"])
def test_any_position_is_answered(visitor, after):
    make_live()
    assert get(visitor, f"/register.json?after={after}")["count"] == 1


def test_the_words_go_with_their_text_and_the_line_stays(visitor):
    make_removed()
    make_scheduled()
    assert get(visitor)["count"] == 1
    for number, sequence in ((1, 1), (2, 1), (1, 2), (3, 1)):
        assert visitor.get(f"/messages/{number}/editions/{sequence}/canonical.txt").status_code == 404


def test_the_program_in_the_documentation_agrees(visitor):
    for _ in range(3):
        make_live()
    program = re.search(r"```python\n(.*?)```", Path("docs/register.md").read_text(encoding="utf-8"), re.DOTALL)
    assert program
    names = {}
    exec(compile(program[1], "docs/register.md", "exec"), names)
    page = get(visitor)
    assert names["check"](page["lines"], "0" * 64) == page["head"]
    page["lines"][1]["digest"] = "f" * 64
    with pytest.raises(SystemExit):
        names["check"](page["lines"], "0" * 64)


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_the_register_costs_the_same_number_of_queries(visitor, django_assert_num_queries, rows):
    for _ in range(rows):
        make_live(at=NOW)
        make_scheduled(NOW + MINUTE)
    moment.home_zone()
    with moment.at(NOW + MINUTE), django_assert_num_queries(7):
        visitor.get("/register.json")
