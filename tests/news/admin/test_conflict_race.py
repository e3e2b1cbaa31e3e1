"""Two who save one draft in the same moment: the first wins, the second is asked."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from news.models import Edition
from tests.factories import make_clock, make_draft
from tests.newsroom import address, form, signed_in


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_asked(publisher: User, writer: User) -> None:
    make_clock("Moscow", "Europe/Moscow")
    draft = make_draft()
    page = address("change", draft.statement_id)
    start = Barrier(2)

    def save(client: Client, title: str, seen: str) -> tuple[int, str]:
        start.wait(20)
        try:
            return client.post(page, form("save", title=title, seen=seen)).status_code, title
        finally:
            connection.close()

    people = [signed_in(publisher), signed_in(writer)]
    with ThreadPoolExecutor(2) as pool:
        for number in range(5):
            seen = Edition.objects.get().changed_at.isoformat()
            answers = [pool.submit(save, client, f"{client is people[0]} {number}", seen) for client in people]
            codes = dict(answer.result() for answer in answers)
            assert sorted(codes) == [200, 302]
            assert Edition.objects.get().title == codes[302]
