"""How files arrive: up to a limit, in memory, for staff; nothing at all for strangers."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from news.library import uploads


def received(user, *sizes):
    files = {f"file{n}": SimpleUploadedFile(f"{n}.bin", b"x" * size) for n, size in enumerate(sizes)}
    request = RequestFactory().post("/admin/", files)
    request.user = user
    return [(file.size, len(file.read())) for file in request.FILES.values()]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([0], [(0, 0)]),
        ([100], [(100, 100)]),
        ([999], [(999, 999)]),
        ([5_000], [(5_000, 999)]),
        ([600, 600, 600], [(600, 600), (600, 399), (600, 0)]),
    ],
)
def test_files_are_kept_up_to_a_limit_in_all_and_their_sizes_are_told(monkeypatch, sizes, expected):
    monkeypatch.setattr(uploads, "MOST_BYTES", 999)
    assert received(User(is_staff=True), *sizes) == expected


@pytest.mark.parametrize("user", [AnonymousUser(), User(), User(is_staff=True, is_active=False)], ids=str)
def test_of_what_strangers_send_nothing_is_kept(user):
    assert received(user, 100_000) == [(100_000, 0)]
