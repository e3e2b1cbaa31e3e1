"""What works once works once, also when two ask at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django_otp.plugins.otp_totp.models import TOTPDevice

from embassy.accounts import factor
from tests.door import code_of, phone

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4


def together(ask):
    barrier = Barrier(THREADS)

    def one(_number: int):
        try:
            barrier.wait()
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_a_code_lets_one_in(editor):
    device = phone(editor)
    code = code_of(device.key)

    def ask() -> bool:
        try:
            return factor.is_right(editor, factor.phone_of(editor), code)
        except factor.TooSoonError:
            return False

    assert sorted(together(ask)) == [False] * (THREADS - 1) + [True]


def test_a_recovery_code_lets_one_in(editor):
    code = factor.make_codes(editor)[0]
    assert sorted(together(lambda: factor.use_code(editor, code))) == [False] * (THREADS - 1) + [True]
    assert editor.recovery_codes.count() == factor.HOW_MANY_CODES - 1


def test_of_those_who_know_a_password_one_sets_up_the_phone(editor):
    def ask() -> bool:
        key = factor.new_key()
        return factor.set_up(editor, key, code_of(key), replaces=False) is not None

    assert sorted(together(ask)) == [False] * (THREADS - 1) + [True]
    assert TOTPDevice.objects.filter(user=editor).count() == 1
