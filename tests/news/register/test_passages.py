"""A passage beside a text of ours: what is no difference, what is one, and that nothing makes it slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.register import passages, wording
from news.register.ours import Beside, text
from tests.generated import examples

TITLE = "Statement on the incident"
BODY = (
    "<p>The mission regrets the harm done in the harbour on Friday – and says so.</p>"
    "<p>For {days:fire} days no answer has come; “silence” is <em>no</em> answer.</p>"
    "<ul><li>We ask for the files.</li><li>We ask for the names.</li></ul>"
)
OURS = text(
    [TITLE, *wording.plain(BODY)],
    [
        Beside(0, "Statements, 25.10.2021"),
        Beside(1, "A summary of {days:x} words."),
        Beside(2, "The harbour on Friday. Picture: Embassy"),
        Beside(5, "Changes"),
        Beside(5, "No. 12"),
    ],
    lead="25.10.2021",
    numbers={"fire": range(1331, 1334), "x": range(10, 13)},
)
WHOLE = "\n\n".join([TITLE, *wording.plain(BODY)]).replace("{days:fire}", "1332")


def compare(pasted, ours=OURS):
    passage = wording.pasted(pasted)
    return passages.same(passage, ours) or passages.compare(passage, ours)


def changes(pasted, ours=OURS):
    return [(part.kind, part.text.strip()) for part in compare(pasted, ours).parts if part.kind != "same"]


@pytest.mark.parametrize(
    "pasted",
    [
        WHOLE,
        WHOLE.replace("\n", " "),
        WHOLE.replace("\n", "\r\n").replace(" ", "\u00a0\t "),
        WHOLE.replace("–", "-").replace("“", "«").replace("”", "»"),
        WHOLE.replace("harbour", "har\u00adbour").replace("the", "\u200bthe"),
        WHOLE.replace("1332", "1333"),
        "Statements, 25.10.2021\n" + WHOLE + "\nNo. 12",
        f"25.10.2021 - {WHOLE}",
        WHOLE.replace("incident\n", "incident\nA summary of 12 words.\n"),
        WHOLE.replace("We ask", "• We ask"),
        WHOLE.replace("\n\nFor", "\nThe harbour on Friday. Picture: Embassy\nFor"),
        WHOLE + "\nChanges\n- - -\nNo. 12\n",
        WHOLE.replace("harbour", "har-\nbour").replace("silence", "si‐\r\nlence"),
    ],
)
def test_the_whole_text_is_the_same_however_it_was_copied(pasted):
    assert (changes(pasted), compare(pasted).is_same, compare(pasted).is_whole) == ([], True, True)


@pytest.mark.parametrize(
    "pasted",
    [
        "regrets the harm done in the harbour on Friday",
        "“The mission regrets the harm done in the harbour …”",
        "For 1331 days no answer has come",
        "no answer. We ask for the files.",
        "for the files.\nWe ask for the names.\nNo. 12",
        "For 1333 days no answer has come",
    ],
)
def test_a_passage_is_the_same_and_not_the_whole(pasted):
    assert (changes(pasted), compare(pasted).is_same, compare(pasted).is_whole) == ([], True, False)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("The mission regrets no harm done in the harbour on Friday", [("removed", "the"), ("added", "no")]),
        ("We regrets the harm done in the harbour on Friday", [("removed", "mission"), ("added", "We")]),
        ("regrets the harm done in the harbour on Monday", [("removed", "Friday"), ("added", "Monday")]),
        ("regrets the harm in the harbour on Friday", [("removed", "done")]),
        ("regrets the grave harm done in the harbour on Friday", [("added", "grave")]),
        ("The mission regrets the harm done in the Harbour on", [("removed", "harbour"), ("added", "Harbour")]),
        ("For many days no answer has come", [("removed", "…"), ("added", "many")]),
        ("For 1332 days no answer has ever come", [("added", "ever")]),
        ("We ask for the files. We ask for all the names", [("added", "all")]),
    ],
)
def test_a_changed_word_is_found(pasted, expected):
    assert changes(pasted) == expected


def test_an_omission_between_two_paragraphs_is_a_change():
    cut = WHOLE.replace(" – and says so", "")
    assert changes(cut) == [("removed", "– and says so")]


@pytest.mark.parametrize(
    ("pasted", "added"),
    [
        ("regrets the harm No. 12 done in the harbour on Friday", "No. 12"),
        ("regrets the harm\nNo. 12\ndone in the harbour on Friday", "No. 12"),
        ("– and says so.\nNo. 12\nFor 1332 days no answer has come", "No. 12"),
        ("We ask for the files. Changes\nWe ask for the names.", "Changes"),
        (f"{WHOLE} No. 12", "No. 12"),
        (f"Changes\n{WHOLE}", "Changes"),
        (f"Changes - {WHOLE}", "Changes -"),
        (f"{WHOLE}\nNo. 13", "No. 13"),
        (WHOLE.replace("incident\n", "incident?\n"), "?"),
        (WHOLE.replace("incident\n", "incident\n?\n"), "?"),
        (WHOLE.replace("incident\n", "incident\nA summary of 13 words.\n"), "A summary of 13 words."),
    ],
)
def test_what_the_page_prints_is_forgiven_as_a_whole_line_at_its_place_alone(pasted, added):
    assert changes(pasted) == [("added", added)]


@pytest.mark.parametrize("days", ["0", "7", "1330", "1334", "2500", "١٣٣٢", "1332.5", "–", "{days:other}"])
def test_a_number_that_no_page_printed_is_a_change(days):
    assert not compare(f"For {days} days no answer has come").is_same


def test_a_counter_that_is_gone_left_a_dash():
    ours = text(wording.plain(BODY))
    assert compare("For – days no answer has come", ours).is_same
    assert not compare("For 1332 days no answer has come", ours).is_same


def test_a_hyphen_at_a_line_end_counts_where_our_text_has_none_there():
    ours = text(["The well-known harbour of the realm"])
    assert compare("The well-\nknown har-\nbour of the realm", ours).is_same
    assert changes("The well-known har-bour of the realm", ours) == [("removed", "harbour"), ("added", "har-bour")]


def test_yo_may_be_written_as_ye():
    ours = text(["Всё ещё нет ответа о ребёнке"])
    assert compare("Все еще нет ответа о ребенке", ours).is_same


def test_the_best_place_of_a_long_text_is_compared():
    filler = [f"The paragraph {number} of the text is about the harbour, and of the day." for number in range(300)]
    ours = text([*filler[:200], *wording.plain(BODY), *filler[200:]])
    assert changes("The mission regrets no harm done in the harbour on Friday", ours) == [
        ("removed", "the"),
        ("added", "no"),
    ]


def test_a_quotation_in_an_article_is_found_between_words_that_are_not_ours():
    around = "The weather was fine on that day, our correspondent writes, and nobody knew more. " * 20
    compared = compare(f"{around} The mission regrets the harm done in the harbour on Friday – and says so. {around}")
    assert compared.run >= 14
    assert [part.kind for part in compared.parts] == ["added", "same", "added"]


def test_long_stretches_are_shown_by_their_ends():
    parts = passages.shortened([passages.Part("same", "word " * 1000), passages.Part("added", "short")])
    assert [part.kind for part in parts] == ["same", "left out", "same", "added"]
    assert sum(len(part.text) for part in parts) < 1000


@examples(150)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(one, other):
    ours = text([one])
    compared = compare(other, ours)
    assert compared.shared <= compared.count
    passage = wording.pasted(one)
    if passage:
        assert compare(one, ours).is_same


@pytest.fixture(scope="module")
def long_text():
    return text(
        [f"{word} the a b 1 2 да {'“' * (word % 3)}" for word in range(8000)],
        [Beside(9, "No. 12"), Beside(8000, "No. 12")],
    )


@pytest.mark.parametrize(
    "unit", ["No 12\n", "-\n", "a-\nb", "5-\n", "!", "a b ", "the {days:", "<a ", "\u0301", "1 2 3 ", "да нет "]
)
def test_nothing_that_is_pasted_is_slow(long_text, unit):
    begun = time.perf_counter()
    compare((unit * 50_000)[:50_000], long_text)
    assert time.perf_counter() - begun < 2
