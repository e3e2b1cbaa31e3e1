"""`check_register` finds whatever was changed; `sign_register` signs, and keys are changed without losing trust."""

import io
import json
import stat
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from embassy import moment, version
from news import actions
from news.models import Edition, RegisterKey, RegisterLine, RegisterSignature
from news.register import chain
from tests.factories import DAY, MINUTE, NOW, make_live, make_next, make_removed, make_scheduled, overwrite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(now):
    for _ in range(3):
        make_live()


@pytest.fixture
def key(tmp_path):
    run("sign_register", "--new-key", str(tmp_path / "key"))
    return tmp_path / "key"


def run(*arguments):
    """Return what the command says; where it fails, its sentences and the last one."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except CommandError as error:
        return [*err.getvalue().splitlines(), f"failed: {error}"]
    return out.getvalue().splitlines()


def damage(**changes):
    """Change line 2 behind everybody's back."""
    from django.db.models import QuerySet

    QuerySet.update(RegisterLine.objects.filter(position=2), **changes)


@contextmanager
def loose_rows():
    """Let rows lose what they belong to, as in a database opened by hand; at the end all is as before."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET CONSTRAINTS ALL DEFERRED")
        yield
        transaction.set_rollback(True)


def failed(*faults):
    return [*faults, f"failed: The register does not hold: {len(faults)} fault(s), listed above."]


def test_a_register_that_holds():
    assert run("check_register") == ["The register holds: 3 line(s)."]
    make_scheduled(NOW + MINUTE)
    with moment.at(NOW + MINUTE):
        assert run("check_register") == [
            "The register holds: 3 line(s).",
            "1 text(s) have begun since the last release; it shows their lines already.",
        ]


def test_changed_words_are_found():
    overwrite(Edition.objects.filter(statement__number=2), body="<p>Never said.</p>")
    assert run("check_register") == failed("Line 2: the words of No. 2, edition 1 are not those that were public.")


def test_a_removed_text_whose_words_stayed_behind_in_a_move_is_no_fault():
    make_removed()
    gone = Edition.objects.exclude(removal_reason="")
    overwrite(gone, title="", summary="", body="")
    assert run("check_register") == ["The register holds: 4 line(s)."]
    overwrite(gone, public_until=None, removal_reason="")
    assert run("check_register")[0] == "Line 4: the words of No. 4, edition 1 are not those that were public."


def test_a_text_that_was_replaced_and_can_be_read_is_no_removed_one():
    first = Edition.objects.get(statement__number=2)
    actions.release(make_next(first, at=NOW), by=None, at=NOW)
    assert run("check_register") == ["The register holds: 4 line(s)."]
    overwrite(Edition.objects.filter(pk=first.pk), title="", summary="", body="")
    assert run("check_register") == failed("Line 2: the words of No. 2, edition 1 are not those that were public.")


def test_a_changed_instant_is_found():
    overwrite(Edition.objects.filter(statement__number=2), public_from=NOW - 9 * DAY)
    assert run("check_register") == failed("Line 2 (No. 2, edition 1) does not continue the chain.")


def test_a_changed_line_is_found():
    damage(chain="f" * 64)
    assert run("check_register") == failed(
        "Line 2 (No. 2, edition 1) does not continue the chain.",
        "Line 3 (No. 3, edition 1) does not continue the chain.",
    )


def test_an_instant_out_of_order_is_found():
    damage(entered_at=NOW + DAY)
    assert run("check_register") == failed("Line 3 stands behind one that entered later.")


def test_a_lost_line_is_found():
    RegisterLine.objects.filter(position=3)._raw_delete("default")
    assert run("check_register") == failed("No. 3, edition 1 has lost its line.")
    damage(position=4)
    assert run("check_register")[-1] == "failed: The register does not hold: 2 fault(s), listed above."


def test_a_key_is_made_for_its_owner_alone_and_never_over_another(tmp_path):
    file = tmp_path / "key"
    said = run("sign_register", "--new-key", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert said[1].startswith("Its public half, to be told to readers: ")
    content = file.read_bytes()
    assert run("sign_register", "--new-key", str(file)) == [
        f"failed: {file} exists already: a key is never overwritten."
    ]
    assert file.read_bytes() == content
    assert not any(part in "".join(said) for part in content.decode().splitlines()[1:-1])
    assert RegisterKey.objects.count() == 0


def test_signing_once_is_enough(key, visitor):
    assert visitor.get("/register.json").json()["signature"] is None
    before = version.number()
    said = run("sign_register", "--key", str(key))
    public = RegisterKey.objects.get().public_key
    assert said == [f"Signed the register up to line 3 with {public}."]
    assert version.number() == before + 1
    page = visitor.get("/register.json").json()
    assert (page["signature"]["position"], page["signature"]["chain"]) == (3, page["head"])
    assert page["keys"] == [{"public_key": public, "added_at": chain.instant_text(NOW), "endorsement": ""}]
    assert run("sign_register", "--key", str(key))[0].startswith("Signed before, nothing was written:")
    assert run("check_register") == ["The register holds: 3 line(s)."]


def test_what_has_begun_by_its_schedule_is_signed_too(key):
    make_scheduled(NOW + MINUTE)
    with moment.at(NOW + MINUTE):
        assert "up to line 4" in run("sign_register", "--key", str(key))[0]


def test_a_signature_that_was_changed_is_found(key):
    run("sign_register", "--key", str(key))
    from django.db.models import QuerySet

    QuerySet.update(RegisterSignature.objects.all(), signature="0" * 128)
    assert run("check_register") == failed("The signature of line 3 does not hold.")


def test_a_lost_key_is_found_and_what_it_signed(key, tmp_path):
    run("sign_register", "--key", str(key))
    run("sign_register", "--new-key", str(tmp_path / "new"))
    run("sign_register", "--key", str(tmp_path / "new"), "--replaces", str(key))
    first, second = RegisterKey.objects.order_by("pk")
    one = RegisterSignature.objects.get(key=first)
    with loose_rows():
        RegisterKey.objects.filter(pk=first.pk)._raw_delete("default")
        assert run("check_register") == failed(
            f"The key in front of {second.public_key} is missing: it endorsed that one.",
            f"Signature {one.pk} has lost its key or its line.",
        )


def test_a_line_without_its_text_is_found():
    with loose_rows():
        Edition.objects.filter(statement__number=3)._raw_delete("default")
        assert run("check_register") == failed("Line 3 has lost its text.")


def test_a_new_key_is_endorsed_by_the_one_that_it_replaces(key, tmp_path):
    new = tmp_path / "new"
    run("sign_register", "--new-key", str(new))
    run("sign_register", "--key", str(key))
    assert run("sign_register", "--key", str(new))[0].startswith("failed: This key is new here")
    wrong = run("sign_register", "--key", str(new), "--replaces", str(new))
    assert wrong == ["failed: The key that is to be replaced is not the one that signed last."]
    assert "Signed" in run("sign_register", "--key", str(new), "--replaces", str(key))[0]
    assert run("check_register") == ["The register holds: 3 line(s)."]
    assert run("sign_register", "--key", str(key)) == [
        "failed: That key was replaced by a newer one, which alone signs now."
    ]


def test_a_lost_key_can_be_replaced_and_readers_are_told(key, tmp_path):
    new = tmp_path / "new"
    run("sign_register", "--new-key", str(new))
    run("sign_register", "--key", str(key))
    assert "Signed" in run("sign_register", "--key", str(new), "--old-key-is-lost")[0]
    assert "is not endorsed by the one before it" in run("check_register")[0]


def test_bad_keys_are_refused_in_a_sentence(tmp_path, key):
    readable = tmp_path / "readable"
    readable.write_bytes(key.read_bytes())
    readable.chmod(0o640)
    rubbish = tmp_path / "rubbish"
    rubbish.write_bytes(b"\x00 no key")
    rubbish.chmod(0o600)
    sentences = [run("sign_register", "--key", str(one))[0] for one in (readable, rubbish, tmp_path / "none")]
    assert "can be read by others" in sentences[0]
    assert "holds no Ed25519 private key" in sentences[1]
    assert "cannot be read" in sentences[2]
    assert run("sign_register")[0].startswith("failed: Say either")


@pytest.fixture
def copy(visitor, tmp_path):
    def download(name="page.json", **changes):
        page = visitor.get("/register.json").json() | changes
        (tmp_path / name).write_text(json.dumps(page))
        return str(tmp_path / name)

    return download


def test_a_downloaded_page_is_checked_without_the_database(copy, key, django_assert_num_queries):
    run("sign_register", "--key", str(key))
    file, public = copy(), RegisterKey.objects.get().public_key
    with django_assert_num_queries(0):
        assert run("check_register", "--file", file, "--public-key", public) == ["The register holds: 3 line(s)."]
        assert (
            run("check_register", "--file", file, "--public-key", "ab")[0] == "The register does not know the key ab."
        )


def test_what_was_changed_between_two_downloads_is_found(copy):
    old = copy("old.json")
    damage(chain="f" * 64)
    version.raise_()
    new = copy("new.json")
    assert run("check_register", "--file", old) == ["The register holds: 3 line(s)."]
    assert run("check_register", "--file", old, new)[0] == "Two files disagree about line 2."
    assert run("check_register", "--file", new)[:2] == [f"Line {n} does not continue the chain." for n in (2, 3)]


def test_an_instant_written_in_another_way_is_another_line(copy, visitor):
    lines = visitor.get("/register.json").json()["lines"]
    lines[1]["public_from"] = lines[1]["public_from"].replace("Z", "+00:00")
    assert run("check_register", "--file", copy(lines=lines)) == failed("Line 2 does not continue the chain.")


def test_two_equal_copies_are_one_register(copy):
    assert run("check_register", "--file", copy("a.json"), copy("b.json")) == ["The register holds: 3 line(s)."]


def test_bad_files_are_refused_in_a_sentence(copy, tmp_path):
    for content in (b"\x00", b"[]", b'{"format": "Embassy register 1"}', b"9" * 5000, b"[" * 100_000):
        (tmp_path / "bad").write_bytes(content)
        assert "is no page of a register" in run("check_register", "--file", str(tmp_path / "bad"))[0]
    assert run("check_register", "--file", copy(count=7))[0] == (
        "Line 7, the last one, is missing: download that page too."
    )
    assert run("check_register", "--file", copy(lines=[{}]))[0].endswith("it is not whole.")
    assert run("check_register", "--file", copy(head="0"))[0] == "Line 3 is not the one that the head speaks of."
