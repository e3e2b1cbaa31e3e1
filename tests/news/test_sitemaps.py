"""What the sitemaps name: counted once for each instant that differs, and always fit for XML."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from embassy import moment
from news import sitemaps
from news.xmltext import fit
from tests.factories import DAY, MINUTE, NOW, make_live, make_scheduled
from tests.generated import examples


@examples(60)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40))
@example("\x0b\x1f\ufffe]]>&lt;<!--")
def test_whatever_a_title_holds_the_list_is_well_formed(title):
    assert ET.fromstring(f"<a>{fit(title).translate({38: '', 60: '', 62: ''})}</a>").tag == "a"


@pytest.mark.django_db
def test_the_count_of_another_instant_is_not_kept_for_this_one():
    make_live(at=NOW - MINUTE)
    make_scheduled(NOW + DAY)
    found = []
    for at in (NOW - DAY, NOW, NOW + DAY, NOW):
        with moment.at(at):
            found.append(sitemaps.parts(at).get(1))
    assert found == [None, NOW - MINUTE, NOW + DAY, NOW - MINUTE]
