import pytest

from embassy.log import LogRow
from tests.factories import NOW, make_draft

pytestmark = pytest.mark.django_db


def test_a_row_says_when_what_and_which_text():
    make_draft(title="An answer", at=NOW)
    assert str(LogRow.objects.get()) == "2021-10-25 21:41 UTC: Began a draft “An answer”"


def test_a_written_row_is_not_changed():
    make_draft()
    row = LogRow.objects.get()
    row.verb = "release"
    with pytest.raises(TypeError, match=r"^The log is only added to\.$"):
        row.save()
    assert LogRow.objects.get().verb == "write"


def test_a_written_row_is_not_deleted():
    make_draft()
    with pytest.raises(TypeError, match=r"^The log is only added to\.$"):
        LogRow.objects.get().delete()
    assert LogRow.objects.count() == 1


def test_the_newest_row_comes_first():
    make_draft(title="First")
    make_draft(title="Second")
    assert [row.title for row in LogRow.objects.all()] == ["Second", "First"]


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="release"), lambda rows: rows.delete()])
def test_many_rows_are_neither_changed_nor_deleted(change):
    make_draft()
    with pytest.raises(TypeError, match=r"^The log is only added to\.$"):
        change(LogRow.objects.all())
    assert LogRow.objects.get().verb == "write"
