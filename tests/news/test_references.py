"""Pictures in texts: a reference to the library is kept, anything else taken out; pages print what the library says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import references, richtext
from news.library import shown
from tests.factories import DAY, NOW, make_draft, make_live, make_picture, shown_in_text
from tests.generated import examples
from tests.reading import lines, tags

TOKEN = "aB3_-" + "x" * 17
KEPT = f'<p><img alt="A" src="/files/{TOKEN}"></p>'


@pytest.mark.parametrize(
    "address",
    [
        f"/files/{TOKEN}",
        f"/files/{TOKEN}/",
        f"/files/{TOKEN}/960.webp",
        f"/admin/news/picture/files/{TOKEN}/",
        f"/preview/abc/files/{TOKEN}/480.jpg",
        f"https://embassy.example.org/files/{TOKEN}/480.jpg",
        f" /files/{TOKEN} ",
    ],
)
def test_wherever_a_picture_was_seen_its_reference_is_what_is_stored(address):
    html = f'<p><img alt="A" src="{address}"></p>'
    assert richtext.clean(html) == (KEPT, [])
    assert richtext.pictures(richtext.clean(html).html) == {TOKEN: "A"}


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "data:image/png;base64,AA==",
        "data:image/svg+xml,<svg/onload=alert(1)>",
        "blob:https://x/1",
        "javascript:alert(1)",
        "x.png",
        "/static/favicon.svg",
        "/files/short/x.png",
        f"/files/{TOKEN}x",
        f"/files/{TOKEN}/../../admin/logout/",
        f"/files/{TOKEN}?x",
        f"javascript:alert(1)//files/{TOKEN}",
        "",
    ],
)
def test_a_picture_from_elsewhere_is_taken_out_and_named(address):
    cleaned = richtext.clean(f'<p>a<img alt="A" src="{address}">b</p>')
    assert cleaned == ("<p>ab</p>", ["<img>", "attribute alt", "attribute src"])


def test_a_picture_without_an_address_is_none():
    assert richtext.clean("<p>a<img>b</p>") == ("<p>ab</p>", ["<img>"])


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        (KEPT, f"[{TOKEN} A True]"),
        (
            f"<p> <img src='/files/{TOKEN}'>&nbsp;<br><img src='/files/{'y' * 22}'> </p>",
            f"[{TOKEN}  True][{'y' * 22}  True]",
        ),
        (f"<p>a<b>b</b> <img src='/files/{TOKEN}'> </p>", f"<p>a<b>b</b></p>[{TOKEN}  True]"),
        (f"<p lang='fr'><img src='/files/{TOKEN}'> b</p>", f'[{TOKEN}  True]<p lang="fr"> b</p>'),
        (f"<p>a <img src='/files/{TOKEN}'> b</p>", f"<p>a [{TOKEN}  False] b</p>"),
        (f"<ul><li><img src='/files/{TOKEN}'></li></ul>", f"<ul><li>[{TOKEN}  False]</li></ul>"),
        (f"<p title='<img>'><b><img src='/files/{TOKEN}'></b></p>", f"<p><b>[{TOKEN}  False]</b></p>"),
        (f"<p><img src='/files/{TOKEN}' alt='&quot;>&lt;'></p>", f'[{TOKEN} ">< True]'),
        ("<p>no picture</p>", "<p>no picture</p>"),
    ],
)
def test_a_paragraph_of_pictures_alone_gives_its_place_to_them(html, printed):
    assert richtext.render(html, {}, "[{} {} {}]".format) == printed


def test_without_its_library_a_text_prints_no_picture():
    assert richtext.render(f"<p>a</p>{KEPT}", {}) == "<p>a</p>"


pieces = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href='/'>",
            "</a>",
            "x",
            "&nbsp;",
            "<br>",
            " ",
            "<table>",
            "<td>",
            "</table>",
        ),
        *(f"<img src=/files/{TOKEN}>", f"<img alt='\">' src='/files/{TOKEN}/1.webp'>", "<img src=x>", "<img", "<img>"),
        *("<p title='<img src=/files/", TOKEN, "'>", "<!--", "-->", '"', "'", ">"),
    ]
)


@examples(200)
@given(st.lists(pieces, max_size=16).map("".join))
def test_whatever_stands_around_them_only_references_stay_and_cleaning_twice_is_once(html):
    once = richtext.clean(html).html
    assert richtext.clean(once) == (once, [])
    assert all(tag["src"] == f"/files/{TOKEN}" for tag in tags(once, "img"))
    assert richtext.render(once, {}, "[{}]".format).count(f"[{TOKEN}]") == len(tags(once, "img"))
    again = richtext.clean(references.for_staff(once))
    assert richtext.pictures(again.html) == richtext.pictures(once)


@pytest.mark.django_db
def test_a_page_prints_what_the_library_says_in_the_language_of_the_page(now, visitor):
    picture = make_picture(
        alt={"en": "Ships", "ru": "Корабли"},
        caption={"en": "The harbour & more", "ru": "Порт"},
        credit="A. <b>Photo</b>",
    )
    page = visitor.get(make_live(body=shown_in_text(picture)).get_absolute_url())
    (image,) = tags(page, "img")
    assert (image["alt"], image["width"], image["height"], image["loading"]) == ("Ships", "40", "30", "lazy")
    assert image["src"] == f"/files/{picture.token}/40.png"
    assert tags(page, "source")[0]["srcset"] == f"/files/{picture.token}/40.webp 40w"
    assert "The harbour & more Picture: A. <b>Photo</b>" in lines(page)
    russian = visitor.get(make_live(body=shown_in_text(picture), language="ru").get_absolute_url())
    assert tags(russian, "img")[0]["alt"] == "Корабли"
    assert [line for line in lines(russian) if line.startswith("Порт")]


@pytest.mark.django_db
def test_the_text_s_own_words_come_first_and_a_decorative_picture_has_none(now, visitor):
    ships, line = make_picture(alt="Ships"), make_picture(alt="", is_decorative=True)
    body = shown_in_text(ships, "Three ships") + shown_in_text(line) + shown_in_text(line)
    page = visitor.get(make_live(body=body, picture=ships).get_absolute_url())
    assert [image["alt"] for image in tags(page, "img")] == ["Ships", "Three ships", "", ""]


@pytest.mark.django_db
def test_a_picture_that_came_into_the_database_past_the_form_is_not_shown(now):
    draft = make_draft(at=NOW - DAY)
    files = shown.of(draft)
    assert richtext.render(shown_in_text(make_picture()), {}, files.figure) == ""


def test_pictures_get_other_tokens_and_those_without_one_go():
    first, second = "a" * 22, "b" * 22
    html = f'<p>A <img src="/files/{first}" alt="&quot;x&quot;"> b</p><p><img src="/files/{second}"></p>'
    assert references.renamed(html, {first: first, second: second}) == html
    other = "c" * 22
    assert references.renamed(html, {first: other}) == f'<p>A <img alt="&quot;x&quot;" src="/files/{other}"> b</p>'
    assert references.renamed("<p></p>", {}) == "<p></p>"
