"""What the database and the models keep of pictures, documents and of what shows them."""

import pytest
from django.db import IntegrityError, transaction

from news.models import LibraryFile, Use
from tests.factories import make_document, make_live, make_picture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"alt": ""},
        {"alt": "", "is_decorative": False},
        {"width": None},
        {"height": 0},
        {"size": 0},
        {"kind": "document"},
        {"kind": "other"},
    ],
)
def test_the_database_keeps_what_a_picture_is(fields):
    make_picture()
    with pytest.raises(IntegrityError), transaction.atomic():
        LibraryFile.objects.update(**fields)


def test_words_are_found_in_every_language_whatever_their_capitals():
    picture = make_picture("Порт.png", alt={"en": "Ships", "ru": "Корабли в Порту"}, credit="Ivanov")
    make_document("other.pdf", caption="Programme")
    for words in ("порт", "КОРАБЛИ", "ships ivanov", "port ships", "шипс", "%", "\x00ships"):
        found = list(LibraryFile.objects.matching(words))
        assert found == ([] if words in {"port ships", "шипс", "%"} else [picture]), words


def test_what_an_approved_edition_shows_stays_whoever_asks():
    live = make_live(picture=make_picture())
    (use,) = live.uses.all()
    ways = (
        use.delete,
        use.save,
        live.uses.all().delete,
        Use.objects.all().delete,
        lambda: Use.objects.update(position=9),
    )
    for way in ways:
        with pytest.raises(TypeError, match=r"keeps its pictures and files|is written anew"), transaction.atomic():
            way()
    assert [(one.role, one.file_id) for one in live.uses.all()] == [("lead", use.file_id)]
