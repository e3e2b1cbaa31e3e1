"""What an export says of the register of digests is checked, whoever wrote it: keys, signatures, and how many lines."""

import tracemalloc

import pytest
from django.db import connection

from embassy import moment
from news.jsonfeed import writing
from news.models import Edition, RegisterKey, RegisterLine, RegisterSignature
from news.register import checking, signing
from tests.factories import DAY, MINUTE, NOW, make_live
from tests.moving import edit, from_elsewhere, take

pytestmark = pytest.mark.django_db

ANEW = "It begins anew here."
LATER = writing.exact(NOW + DAY)


@pytest.fixture(autouse=True)
def _at_now(now):
    """Stand at NOW."""


def key(folder, name):
    if not (folder / name).exists():
        signing.make_key(folder / name)
    return signing.read_key(folder / name)


def exported(folder, *, is_lost=False):
    """Export a register that two keys signed, the second in place of the first."""

    def tell():
        first, second = key(folder, "first"), key(folder, "second")
        make_live(at=NOW - DAY)
        signing.sign(first, at=NOW - DAY)
        make_live(at=NOW - 9 * MINUTE)
        signing.sign(second, at=NOW - MINUTE, before=None if is_lost else first, is_fresh_start=is_lost)

    from_elsewhere(folder, tell)


@pytest.mark.parametrize("is_lost", [False, True])
def test_what_was_signed_moves_with_the_key_that_came_later(tmp_path, is_lost):
    exported(tmp_path, is_lost=is_lost)
    assert ANEW not in take(tmp_path)
    assert (RegisterKey.objects.count(), RegisterSignature.objects.count()) == (2, 2)
    assert len(list(checking.signatures())) == int(is_lost)  # said there, and said here


def forged(register):
    """A key of somebody else's, with a signature that says nothing."""
    register["keys"].append({"public_key": "ab" * 32, "added_at": register["keys"][0]["added_at"]})
    register["signatures"].append(register["signatures"][0] | {"public_key": "ab" * 32})


@pytest.mark.parametrize(
    ("is_new", "sentence"),
    [(True, "A key of the register of digests does not hold."), (False, "A signature of the register of digests does")],
)
def test_a_key_and_a_signature_of_a_time_to_come_do_not_hold_although_they_are_right(tmp_path, is_new, sentence):
    def tell():
        make_live(at=NOW - DAY)
        if not is_new:
            signing.sign(key(tmp_path, "first"), at=NOW - DAY)
            make_live(at=NOW - 9 * MINUTE)
        signing.sign(key(tmp_path, "first"), at=NOW - MINUTE)

    from_elsewhere(tmp_path, tell)
    with moment.at(NOW - 5 * MINUTE):
        assert f"left out: {sentence}" in take(tmp_path)
    assert not RegisterKey.objects.exists()


KEY, SIGNATURE = ("A key of the register of digests does not hold.", "A signature of the register of digests")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda register: register["keys"].append(register["keys"][0]), KEY),
        (lambda register: register["keys"][1].update(added_at=LATER), KEY),
        (lambda register: register["keys"][1].update(endorsement="0" * 128), KEY),
        (lambda register: register["keys"][0].update(endorsement=register["keys"][1]["endorsement"]), KEY),
        (lambda register: register["keys"].append({"public_key": "ab" * 32, "added_at": "2021-10-01T00:00Z"}), KEY),
        (lambda register: register["keys"].reverse(), KEY),
        (forged, f"{SIGNATURE} does not hold."),
        (lambda register: register["signatures"][0].update(signed_at=LATER), f"{SIGNATURE} does not hold."),
        (lambda register: register["signatures"][0].update(position=2), f"{SIGNATURE} does not hold."),
        (lambda register: register["signatures"][0].update(position=3), f"{SIGNATURE} belongs to no line and key."),
        (lambda register: register["signatures"].append(register["signatures"][0]), f"{SIGNATURE} does not hold."),
        (lambda register: register["signatures"][0].pop("signature"), f"{SIGNATURE} does not hold."),
        (lambda register: register.update(count=999), "Lines of the register of digests are missing, or come"),
    ],
)
def test_a_register_that_does_not_hold_is_said_and_begins_anew(tmp_path, change, sentence):
    exported(tmp_path)
    edit(tmp_path, lambda feed: change(feed["_embassy"]["register"]))
    said = take(tmp_path)
    assert f"left out: {sentence}" in said
    assert ANEW in said
    assert (RegisterKey.objects.count(), RegisterSignature.objects.count()) == (0, 0)
    assert (Edition.objects.count(), RegisterLine.objects.count()) == (2, 2)
    connection.check_constraints()


def test_however_many_lines_it_claims_they_cost_no_memory(tmp_path):
    exported(tmp_path)
    edit(tmp_path, lambda feed: feed["_embassy"]["register"].update(count=999_999))
    tracemalloc.start()
    take(tmp_path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024**2
