"""The mission's form: what is chosen is public at once, what is refused says why, and nothing typed is lost."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.storage import default_storage
from django.urls import reverse

from embassy import version
from embassy.log import LogRow
from embassy.models import Mission
from tests import uploads
from tests.newsroom import errors, signed_in
from tests.reading import lines, tags

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/embassy/mission/1/change/"
TYPED = {"name_0": "The Mission", "name_1": "Миссия", "strapline_0": "", "strapline_1": "", "face": "serif"}


@pytest.fixture
def mission():
    return Mission.objects.create(name={"en": "The Mission", "ru": "Миссия"})


@pytest.fixture
def client(administrator, mission):
    return signed_in(administrator)


def picture(name="emblem.png", content=b"", color="navy"):
    return uploads.upload(name, content or uploads.picture("PNG", (200, 150), color=color))


def save(client, **typed):
    return client.post(ADDRESS, TYPED | typed)


def test_what_is_chosen_is_public_at_once_and_in_the_log(client, visitor):
    before = version.number()
    save(client, colour="8C1C13", colour_dark="", face="system", new_emblem=picture())
    mission = Mission.objects.get()
    assert (mission.colour, mission.colour_dark, mission.face) == ("#8c1c13", "", "system")
    assert (mission.emblem_width, mission.emblem_height) == (200, 150)
    assert version.number() == before + 1
    row = LogRow.objects.get()
    assert (row.title, row.detail) == ("Mission: The Mission", "Changed Colour, Typeface and Emblem.")
    page = visitor.get("/")
    assert "/look/8c1c13-ff8f7e-system.css" in [link["href"] for link in tags(page, "link")]
    assert f"/emblem/{mission.emblem}.png" in [image["src"] for image in tags(page, "img")]


def test_the_first_mission_is_made_with_its_look(administrator):
    typed = TYPED | {"colour": "#8c1c13", "new_emblem": picture()}
    answer = signed_in(administrator).post(reverse("admin:embassy_mission_add"), typed)
    assert answer.status_code == 302
    mission = Mission.objects.get()
    assert (mission.colour, bool(mission.emblem)) == ("#8c1c13", True)


def test_a_colour_that_cannot_be_read_is_refused_and_everything_typed_stays(client):
    answer = save(client, name_0="Another name", colour="#e8a33d", colour_dark="rgb(0, 0, 0)", new_emblem=picture())
    assert errors(answer) == {
        "colour": [
            "2.1:1 on the page, 1.8:1 on bands: too pale to read, text needs 7:1. The nearest that can be read: #714800"
        ],
        "colour_dark": ["“rgb(0, 0, 0)” is no colour: write it like #1f3a5f."],
        "new_emblem": ["Choose the emblem again: a file is not kept while something is refused."],
    }
    typed = {one["name"]: one.get("value") for one in tags(answer, "input") if "name" in one}
    assert (typed["name_0"], typed["colour"], typed["colour_dark"]) == ("Another name", "#e8a33d", "rgb(0, 0, 0)")
    mission = Mission.objects.get()
    assert (str(mission), mission.colour, mission.emblem) == ("The Mission", "", "")


def test_an_emblem_that_is_none_is_refused_with_its_sentence(client):
    answer = save(client, colour="#8c1c13", new_emblem=picture(content=b"no picture"))
    assert errors(answer) == {
        "new_emblem": ["This cannot be read as a PNG, JPEG or WebP picture: save it as PNG in a picture program."]
    }
    assert Mission.objects.get().colour == ""


def test_an_emblem_is_shown_replaced_and_removed(client):
    assert "remove_emblem" not in client.get(ADDRESS).content.decode()
    save(client, new_emblem=picture())
    first = Mission.objects.get().emblem
    page = client.get(ADDRESS)
    (image,) = [image for image in tags(page, "img") if image["src"].startswith("/emblem/")]
    assert (image["src"], image["alt"]) == (f"/emblem/{first}.png", "The emblem as it is now")
    # A new one wins over the tick below it; without either it stays.
    save(client, new_emblem=picture(color="maroon"), remove_emblem="on")
    second = Mission.objects.get().emblem
    save(client)
    assert first != second == Mission.objects.get().emblem
    save(client, remove_emblem="on")
    mission = Mission.objects.get()
    assert (mission.emblem, mission.emblem_width, mission.emblem_height) == ("", None, None)


def test_of_a_change_that_cannot_be_saved_no_emblem_stays(client, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    before = set(default_storage.listdir("emblem")[1]) if default_storage.exists("emblem") else set()
    monkeypatch.setattr(Mission, "save", fail)
    with pytest.raises(ZeroDivisionError):
        save(client, new_emblem=picture(color="olive"))
    assert set(default_storage.listdir("emblem")[1]) == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {},
            [
                "The standard colour, #1f3a5f: 11.1:1 on the page, 10.0:1 on bands.",
                "Worked out from the colour, #a9c8f0: 10.3:1 on the page, 9.0:1 on bands.",
            ],
        ),
        (
            {"colour": "#8c1c13"},
            [
                "8.9:1 on the page, 8.0:1 on bands: readable.",
                "Worked out from the colour, #ff8f7e: 8.0:1 on the page, 7.0:1 on bands.",
            ],
        ),
    ],
)
def test_the_form_says_the_contrast_without_any_script(client, fields, said):
    Mission.objects.update(**fields)
    assert [line.removesuffix("Use it").strip() for line in lines(client.get(ADDRESS)) if ":1 on" in line] == said


def test_whoever_may_only_look_sees_the_emblem_and_no_way_to_change_it(client, visitor):
    save(client, new_emblem=picture())
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_mission"))
    page = signed_in(reader).get(ADDRESS)
    assert [one for one in tags(page, "input") if one.get("type") in {"file", "color", "radio"}] == []
    assert len([image for image in tags(page, "img") if image["src"].startswith("/emblem/")]) == 1
