"""The press page: whom to ask, when, and what may be printed; and its contacts beside every statement."""

import pytest
import time_machine
from django.test import Client

from news import actions
from tests import uploads
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_document,
    make_draft,
    make_live,
    make_offer,
    make_picture,
    make_press_contact,
    make_press_hours,
    make_scheduled,
    make_withdrawn,
)
from tests.reading import content, lines, links, tags, title

pytestmark = pytest.mark.django_db


def main(answer):
    """Return the lines of the main part."""
    html = answer.content.decode()
    return lines(html[html.index("<main") : html.index("</main>")])


def test_contacts_hours_and_offers_in_this_order(visitor, now):
    make_clock("Moscow", "Europe/Moscow", position=0)
    make_clock("London", "Europe/London", position=1)
    make_press_contact(role="Press attaché", email="anna@mission.example", languages="English, Russian")
    make_press_hours(label="Press desk")
    picture = uploads.picture("PNG", color=(1, 2, 3))
    said = {"alt": "A portrait", "caption": "The Ambassador", "credit": "I. Ivanov", "terms": "Free for the press."}
    make_offer(content=picture, **said)
    page = visitor.get("/press/")
    assert title(page) == "For the press - Embassy"
    assert main(page) == [
        "For the press",
        "Press contacts",
        "Anna Example, Press attaché",
        "+44 (0) 20 7946 0001",
        "anna@mission.example",
        "Languages: English, Russian",
        "Hours",
        "Press desk",
        "London",
        "Monday – Friday, 10:00–18:00",
        "Moscow",
        "Monday – Friday, 12:00–20:00",
        "As the clocks stand from 25 October 2021 to 29 October 2021.",
        "Pictures and documents for the press",
        "The Ambassador",
        "Picture: I. Ivanov",
        "Terms: Free for the press.",
        "Download as PNG, 40 × 30 (99 bytes)",
    ]
    assert {"tel:+442079460001", "mailto:anna@mission.example"} <= set(links(page))


def test_an_empty_site_has_a_press_page_that_says_whom_to_ask(visitor, now):
    assert main(visitor.get("/press/")) == [
        "For the press",
        "Pictures and documents for the press",
        "Nothing is offered at the moment: ask the press office.",
    ]


def test_every_word_is_that_of_the_page_s_language(visitor, now):
    make_press_contact({"en": "Anna", "ru": "Анна"}, role={"en": "attaché", "ru": "атташе"})
    make_press_hours(label={"en": "Desk", "ru": "Дежурный"})
    make_offer(alt={"en": "A portrait", "ru": "Портрет"}, terms={"en": "Free.", "ru": "Бесплатно."})
    shown = " ".join(main(visitor.get("/ru/press/")))
    assert all(
        word in shown for word in ("Анна", "атташе", "Дежурный", "Понедельник – Пятница", "Портрет", "Бесплатно.")
    )


def test_a_picture_is_offered_in_every_size_the_largest_first_and_every_link_answers(visitor, now):
    make_offer(content=uploads.picture("JPEG", size=(1200, 900)), alt="The old harbour", caption="")
    page = visitor.get("/press/")
    found = [(tag["download"], tag["href"]) for tag in tags(page, "a") if "download" in tag]
    assert [name for name, _address in found] == [f"the-old-harbour-{width}.jpg" for width in (1200, 960, 480)]
    assert tags(page, "img")[0]["src"] == found[-1][1]
    for _name, address in found:
        answer = visitor.get(address)
        assert (answer.status_code, len(content(answer)) > 0) == (200, True)


def test_a_document_is_offered_under_its_title(visitor, now):
    make_document("Bulletin.pdf", caption="Yearly bulletin", is_offered=True, terms="Free.")
    page = visitor.get("/press/")
    assert main(page)[2:4] == ["Yearly bulletin", "Terms: Free."]
    assert [tag["download"] for tag in tags(page, "a") if "download" in tag] == ["Bulletin.pdf"]
    assert tags(page, "img") == []


def test_what_is_for_staff_is_not_printed_and_what_is_not_offered_is_not_there(visitor, now):
    make_offer("xname.png", rights="xrights")
    make_picture("xother.png", alt="xalt", terms="xterms")
    make_draft(picture=make_picture(alt="xdraft"))
    make_live(picture=make_picture(alt="xshown"))
    answer = visitor.get("/press/").content.decode()
    assert [
        word for word in ("xname", "xrights", "xother", "xalt", "xterms", "xdraft", "xshown") if word in answer
    ] == []


def test_what_a_removal_closes_is_offered_no_more_although_nothing_else_was_done(visitor):
    offered = make_offer()
    live = make_live(picture=offered)
    actions.remove(live.statement, reason="A court said so.", by=None, at=NOW)
    counts = []
    for at in (NOW - MINUTE, NOW):
        with time_machine.travel(at, tick=False):
            counts.append(len(tags(Client().get("/press/"), "img")))
    assert counts == [1, 0]


def test_of_an_offered_picture_the_page_does_not_tell_which_text_will_show_it(visitor, now):
    offered = make_offer()
    before = visitor.get("/press/").content
    make_scheduled(NOW + DAY, picture=offered, title="xsecret")
    assert visitor.get("/press/").content == before


@pytest.mark.parametrize("make", [make_live, make_withdrawn])
def test_contacts_stand_beside_every_statement_and_lead_to_the_press_page(visitor, now, make):
    path = make().get_absolute_url()
    assert "Press contacts" not in lines(visitor.get(path))
    make_press_contact()
    page = visitor.get(path)
    shown = lines(page)
    at = shown.index("Press contacts")
    assert shown[at + 1 : at + 4] == [
        "Anna Example",
        "+44 (0) 20 7946 0001",
        "Hours of the press office, pictures for the press",
    ]
    assert "/press/" in links(page)


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_page_costs_the_same_whatever_it_shows(visitor, django_assert_num_queries, number):
    for n in range(number):
        make_clock(f"City {n}", position=n)
        make_press_contact(position=n)
        make_press_hours(position=n)
        make_offer()
    with time_machine.travel(NOW, tick=False), django_assert_num_queries(9):
        page = visitor.get("/press/")
    assert len(tags(page, "img")) == number
