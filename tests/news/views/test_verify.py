"""/verify/ as a journalist uses it: a paste, a number, an address, a digest; and what it never tells."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import example, given
from hypothesis import strategies as st

from embassy import moment
from news import actions
from news.models import Edition
from news.register import canonical
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
)
from tests.generated import examples
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db

BODY = "<p>The mission regrets the harm done in the harbour.</p><p>For {days:fire} days no answer has come.</p>"
WORDS = "The mission regrets the harm done in the harbour.\n\nFor 1332 days no answer has come."


@pytest.fixture(autouse=True)
def world(now):
    make_clock()
    make_clock("London", "Europe/London", position=1)
    make_counter(slug="fire")


def send(visitor, text, path="/verify/", **more):
    """Send a text as a browser sends the form."""
    return visitor.post(path, urlencode({"text": text}), content_type="application/x-www-form-urlencoded", **more)


def ask(visitor, of):
    """Return the lines of the answer to a link."""
    return answer(visitor.get("/verify/", {"of": of}))


def paste(visitor, text, prefix=""):
    """Return the lines of the answer to a pasted text."""
    return answer(send(visitor, text, f"{prefix}/verify/"))


def answer(page):
    assert page.status_code == 200
    found = lines(page)
    start = found.index("Verify a text") if "Verify a text" in found else 0
    return found[start + 1 :]


def test_a_number_is_answered_with_when_it_was_public_on_every_clock_its_digest_and_its_line(visitor):
    edition = make_live(title="On the harbour", at=NOW - DAY)
    assert ask(visitor, "1")[:11] == [
        "Authentic",
        "This text is public now.",
        "On the harbour",
        "No. 1, edition 1",
        "Public from",
        "25 Oct 00:41 Moscow / 24 Oct 22:41 London",
        "Digest (SHA-256)",
        canonical.digest(edition),
        "Line of the register",
        "1",
        "The text behind the digest, for programs",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "No. 1",
        "№ 1",
        "http://testserver/messages/1/on-the-harbour/",
        "testserver/1",
        "/ru/messages/1/",
        "https://testserver/messages/1/editions/1/canonical.txt?x=1#y",
        "No. 1, edition 1",
    ],
)
def test_every_way_to_name_it_leads_to_it(visitor, typed):
    make_live(title="On the harbour")
    assert (
        ask(visitor, typed)[:3]
        == paste(visitor, typed)[:3]
        == [
            "Authentic",
            "This text is public now.",
            "On the harbour",
        ]
    )


def test_a_digest_is_answered_and_a_wrong_one_is_not(visitor):
    make_scheduled(NOW + MINUTE)
    found = canonical.digest(make_live(title="On the harbour"))
    assert ask(visitor, found.upper())[:3] == ["Authentic", "This text is public now.", "On the harbour"]
    assert ask(visitor, found[::-1])[:1] == ["Unknown"]


def test_a_pasted_text_is_authentic_whatever_the_number_that_stood_there(visitor):
    make_live(title="Harbour", body=BODY)
    assert paste(visitor, "Harbour\n" + WORDS)[:2] == ["Authentic", "This is our text, word for word."]
    assert paste(visitor, WORDS.splitlines()[0])[:2] == ["Authentic", "This passage is in our text, word for word."]


def test_the_right_message_is_found_among_many_that_are_alike(visitor):
    places = ["harbour", "station", "market", "theatre", "museum", "square", "bridge", "school"]
    for number in range(24):
        place = places[number % 8] + (" office", " garden", " quarter")[number // 8]
        make_live(title="Statement", body=f"<p>The mission regrets the harm that was done in the {place} today.</p>")
    for number, words in ((1, "harbour office"), (13, "museum garden"), (24, "school quarter")):
        found = paste(visitor, f"The mission regrets the harm that was done in the {words} today.")
        assert (found[0], f"No. {number}, edition 1" in found) == ("Authentic", True)


def test_a_changed_word_is_shown_beside_ours(visitor):
    make_live(title="Harbour", body=BODY)
    page = send(visitor, "The mission regrets no harm done in the harbour.")
    assert answer(page)[:6] == [
        "Changed",
        "A message of ours comes close, but these are not its words. What differs is marked.",
        "in our text, not in yours",
        "in your text, not in ours",
        "The mission regrets [ours: the] [yours: no] harm done in the harbour",
        "This text is public now.",
    ]
    assert len(tags(page, "del")) == len(tags(page, "ins")) == 2


@pytest.mark.parametrize("place", range(5))
def test_a_word_of_a_short_quotation_may_be_the_changed_one(visitor, place):
    make_live(title="Harbour", body=BODY)
    words = ["regrets", "the", "harm", "done", "in"]
    words[place] = "never"
    assert paste(visitor, " ".join(words))[0] == "Changed"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_withdrawal_that_never_was_is_a_change(visitor, language):
    make_live(title="Harbour", body=BODY, language=language)
    with translation.override(language):
        forged = gettext("This statement is withdrawn.")
    for pasted in (f"{WORDS} {forged}", f"{forged}\nHarbour\n{WORDS}", WORDS.replace("\n", f"\n{forged}\n", 1)):
        assert paste(visitor, pasted)[0] == "Changed"


@pytest.mark.parametrize("days", [0, 7, 1330, 1333, 2500])
def test_a_number_that_no_page_printed_is_a_change(visitor, days):
    make_live(title="Harbour", body=BODY, at=NOW - DAY)
    assert paste(visitor, WORDS.replace("1332", "1331"))[0] == "Authentic"
    assert paste(visitor, WORDS.replace("1332", str(days)))[0] == "Changed"


def test_what_is_superseded_is_authentic_and_says_so(visitor):
    first = make_live(title="Harbour", body=BODY)
    new = actions.release(make_next(first, title="Harbour", body="<p>Other words altogether.</p>"), by=None, at=NOW)
    page = send(visitor, WORDS)
    assert answer(page)[2:4] == ["This text is superseded. Read the text that is public now", "Harbour"]
    assert answer(page)[7:9] == ["Public until", "26 Oct 00:41 Moscow / 25 Oct 22:41 London"]
    assert {new.get_absolute_url(), first.get_edition_url()} <= set(links(page))


def test_words_of_two_editions_are_those_of_the_public_one(visitor):
    first = make_live(title="Harbour", body=BODY)
    actions.release(make_next(first, title="Port", body=BODY), by=None, at=NOW)
    found = paste(visitor, WORDS)
    assert found[2:5] == ["This text is public now.", "Port", "No. 1, edition 2"]
    assert "The same words stand in:" in found
    assert "No. 1, edition 1: Harbour" in found


def test_what_is_withdrawn_is_authentic_with_its_notice(visitor):
    make_withdrawn(title="Harbour", body=BODY)
    assert paste(visitor, WORDS)[2:4] == ["This statement is withdrawn.", "It was wrong."]


def test_of_a_removed_text_only_its_place_and_the_reason_remain(visitor):
    edition = make_removed(title="Harbour", body=BODY)
    assert paste(visitor, WORDS)[:1] == ["Unknown"]
    when = "26 Oct 00:40 Moscow / 25 Oct 22:40 London"
    for typed in ("1", canonical.digest(edition)):
        assert ask(visitor, typed)[:3] == [
            "Removed",
            f"The statement No. 1 was public here. It was removed on {when}. The reason:",
            "A court said so.",
        ]
        assert "Harbour" not in "".join(ask(visitor, typed))


def test_what_has_not_begun_is_unknown_until_its_instant_and_nothing_tells_of_it(visitor):
    make_live(title="Earlier", body="<p>Something else, of five words.</p>", at=NOW - DAY)
    scheduled = make_scheduled(NOW + MINUTE, title="Harbour", body=BODY)
    make_draft(title="Draft", body="<p>A draft that nobody has read yet.</p>")
    nothing = paste(visitor, "No word of this has been written anywhere.")
    typed = [WORDS, "2", canonical.digest(scheduled), "A draft that nobody has read yet.", scheduled.get_absolute_url()]
    for one in typed:
        assert paste(visitor, one)[:3] == nothing[:3]
    with moment.at(NOW + MINUTE):
        assert {paste(visitor, one)[0] for one in typed} == {"Authentic", "Unknown"}


def test_a_planned_end_is_not_told(visitor):
    live = make_live(title="Harbour")
    actions.schedule(make_next(live), public_from=NOW + DAY, by=None, at=NOW)
    assert Edition.objects.get(sequence=1).public_until == NOW + DAY
    assert "Public until" not in ask(visitor, "1")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Paste a text, or type a number or an address."),
        (" \x00 ", "That is too little to tell: paste a sentence or more."),
        ("two words", "That is too little to tell: paste a sentence or more."),
        ("x" * 50_001, "That is too long: paste at most 50000 characters at once."),
        ("https://elsewhere.example/messages/1/", "This address is not one of this site."),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(visitor, typed, sentence):
    make_live()
    assert sentence in paste(visitor, typed)


def test_an_answer_to_a_paste_is_nobody_elses_and_leaves_nothing(visitor):
    make_live(title="Harbour", body=BODY)
    visitor.get("/verify/")
    strict = Client(enforce_csrf_checks=True)
    page = send(strict, WORDS, headers={"cookie": "sessionid=x; csrftoken=y"})
    assert (page.status_code, page.headers["Cache-Control"], page.cookies.output()) == (200, "no-store", "")
    assert "ETag" not in page.headers
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "regrets" not in visitor.get("/verify/").content.decode()


def test_only_this_page_takes_posts_and_only_forms(visitor):
    assert visitor.post("/ru/verify/", {"text": "1"}).status_code == 415
    assert visitor.post("/verify", {}).status_code == 405
    assert {visitor.post(path).status_code for path in ("/", "/messages/", "/verify/x/", "/x/verify/")} == {405, 404}


@examples(30)
@given(st.text(max_size=60) | st.sampled_from(["[::1", "http://[x/", "//", "1" * 400, "/1/editions/2/x/y", "a" * 64]))
@example("https://testserver:99999/1")
@example("http://testserver/messages/" + "1" * 30)
@example("No. 999999999, edition 999999999")
@example("\x00" * 60)
@example("{days:" * 60)
def test_whatever_is_asked_gets_an_answer(typed):
    visitor = Client()
    assert visitor.get("/verify/", {"of": typed}).status_code == 200
    assert send(visitor, typed, "/ru/verify/").status_code == 200


def test_bytes_that_are_no_form_are_refused_in_peace(caplog, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    visitor = Client()
    form = "application/x-www-form-urlencoded"
    sent = [("text=" + "x" * 10_001, form), ("text=1", f"{form}; charset=koi8-r")]
    sent += [("%ff%fe=%00&text=%ff", form), ("&" * 2000, form), ("text=1", f"{form}; charset=x"), ("{}", "text/json")]
    answers = [visitor.generic("POST", "/verify/", data, kind).status_code for data, kind in sent]
    assert answers == [400, 400, 200, 400, 200, 415]
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_an_answer_costs_the_same_number_of_queries(visitor, django_assert_num_queries, rows):
    for _ in range(rows):
        make_live(title="Harbour", body=BODY)
    visitor.get("/verify/", {"of": "1"})
    with django_assert_num_queries(14):
        send(visitor, WORDS)
