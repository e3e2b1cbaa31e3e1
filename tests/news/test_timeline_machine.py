"""All verbs in any order, under a clock that moves: what holds after each of them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from embassy.log import LogRow
from news import actions
from news.models import Edition, Statement
from news.states import WRITING, State
from tests.factories import NOW
from tests.generated import examples
from tests.tables import dump

# Which of the rows that there are: an index, taken by its remainder.
picks = st.integers(0, 5)
APPROVING = {actions.release, actions.schedule, actions.force, actions.adopt, actions.withdraw}
NAMES = {"change_draft": "change", "return_": "return"}
notes = st.sampled_from(["", "A date was corrected."])


class Newsroom(RuleBasedStateMachine):
    """Two publishers, a writer and a command, on a few statements in two languages."""

    people: tuple[User | None, ...] = ()

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = NOW
        self.titles = 0
        self.approved = {}  # edition: the title with which it was last approved
        self.seen = {}  # instant that has passed: what could be read at it, by statement

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # ---- helpers

    def visible(self, at):
        return {one.statement_id: (one.pk, one.title) for one in Edition.objects.visible(at)}

    def text(self, note="", *, minor=False, **fields):
        self.titles += 1
        words = {"title": f"Text {self.titles}", "date": date(2021, 1, 1 + self.titles % 3)}
        return actions.Text(**words, change_note=note, minor=minor and not note, **fields)

    def act(self, verb, row, *args, by, at=None, **kwargs):
        """Run a verb: it leaves its log row, or it refuses and leaves everything as it was."""
        if row is None:
            return
        before, rows = dump(), LogRow.objects.count()
        arguments = {"by": self.people[by % 4], "at": at or self.now} | kwargs
        try:
            made = verb(row, *args, **arguments)
        except actions.Refusal:
            assert dump() == before
            return
        if verb is actions.describe and LogRow.objects.count() == rows:
            return  # it was so already
        log = LogRow.objects.first()
        assert log.verb == NAMES.get(verb.__name__, verb.__name__)
        assert (log.by, log.at) == (arguments["by"], arguments["at"])
        stopped = list(LogRow.objects.all()[1 : LogRow.objects.count() - rows].values_list("verb", flat=True))
        assert stopped in ([], ["take_back"])
        if verb in APPROVING:
            self.approved[made.pk] = made.title

    def edition(self, pick):
        rows = Edition.objects.order_by("pk")
        return rows[pick % len(rows)] if rows else None

    def draft(self, pick):
        """Return a draft, now and then another edition: most verbs must refuse that one."""
        rows = Edition.objects.drafts().order_by("pk")
        return rows[pick % len(rows)] if rows and pick else self.edition(pick)

    def statement(self, pick):
        rows = Statement.objects.order_by("pk")
        return rows[pick % len(rows)] if rows else None

    # ---- what can happen

    @rule(seconds=st.sampled_from([0.000001, 1, 30, 60, 90, 180]))
    def time_passes(self, seconds):
        self.seen[self.now] = self.visible(self.now)
        self.now += timedelta(seconds=seconds)

    @rule(by=picks, language=st.sampled_from(["en", "ru"]))
    def write(self, by, language):
        if Statement.objects.count() < 4:
            self.act(actions.write, self.text(), by=by, language=language)

    @rule(by=picks, pick=picks, note=notes, minor=st.booleans())
    def change_draft(self, by, pick, note, minor):
        self.act(actions.change_draft, self.draft(pick), self.text(note, minor=minor), by=by)

    @rule(by=picks, pick=picks, original=picks, language=st.sampled_from(["en", "ru"]))
    def describe(self, by, pick, original, language):
        other = self.statement(original) if original else None
        self.act(actions.describe, self.statement(pick), by=by, language=language, translation_of=other)

    @rule(by=picks, pick=picks)
    def start_edition(self, by, pick):
        self.act(actions.start_edition, self.statement(pick), by=by)

    @rule(by=picks, pick=picks)
    def discard_draft(self, by, pick):
        self.act(actions.discard_draft, self.draft(pick), by=by)

    @rule(by=picks, pick=picks, verb=st.sampled_from([actions.submit, actions.submit, actions.recall]))
    def submit_or_recall(self, by, pick, verb):
        self.act(verb, self.draft(pick), by=by)

    @rule(by=picks, pick=picks)
    def return_(self, by, pick):
        self.act(actions.return_, self.draft(pick), by=by, comment="The date.")

    @rule(by=picks, pick=picks, minutes=st.integers(-1, 3))
    def force(self, by, pick, minutes):
        minute = self.now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        self.act(actions.force, self.draft(pick), by=by, reason="Urgent.", public_from=minute if minutes > 0 else None)

    @rule(by=picks, pick=picks)
    def review(self, by, pick):
        self.act(actions.review, self.edition(pick), by=by)

    @rule(by=picks, pick=picks, minutes=st.integers(0, 3))
    def move(self, by, pick, minutes):
        minute = self.now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        if minutes:
            self.act(actions.reschedule, self.edition(pick), by=by, public_from=minute)
        else:
            self.act(actions.release_now, self.edition(pick), by=by)

    @rule(by=picks, pick=picks)
    def release(self, by, pick):
        self.act(actions.release, self.draft(pick), by=by)

    @rule(by=picks, pick=picks, minutes=st.integers(-1, 3))
    def schedule(self, by, pick, minutes):
        minute = self.now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        self.act(actions.schedule, self.draft(pick), by=by, public_from=minute)

    @rule(by=picks, pick=picks)
    def take_back(self, by, pick):
        self.act(actions.take_back, self.edition(pick), by=by)

    @rule(by=picks, minutes=st.integers(-1, 100))
    def adopt(self, by, minutes):
        if Statement.objects.count() < 5:
            text = self.text(public_from=self.now - timedelta(minutes=minutes))
            self.act(actions.adopt, text, by=by, language="en", source=f"item-{self.titles}")

    @rule(by=picks, pick=picks, minutes=st.integers(-1, 2))
    def feature(self, by, pick, minutes):
        until = self.now + timedelta(minutes=minutes) if minutes >= 0 else None
        self.act(actions.feature, self.statement(pick), by=by, until=until)

    @rule(by=picks, pick=picks, notice=st.sampled_from(["", "It was wrong."]))
    def withdraw(self, by, pick, notice):
        self.act(actions.withdraw, self.statement(pick), by=by, notice=notice)

    @rule(by=picks, pick=picks, reason=st.sampled_from(["", "A court said so."]))
    def remove(self, by, pick, reason):
        self.act(actions.remove, self.statement(pick), by=by, reason=reason)

    @rule(pick=picks, verb=st.sampled_from([actions.release_now, actions.take_back]))
    def act_with_a_slow_clock(self, pick, verb):
        self.act(verb, self.edition(pick), by=0, at=self.now - timedelta(seconds=61))

    # ---- what always holds

    @invariant()
    def no_two_texts_at_once(self):
        for statement in Statement.objects.prefetch_related("editions"):
            rows = sorted(statement.editions.all(), key=lambda row: row.sequence or 0)
            approved = [row for row in rows if row.state == State.APPROVED]
            for one, following in pairwise(approved):
                assert one.public_until is not None
                assert one.public_until <= following.public_from
            assert [row.sequence for row in approved] == list(range(1, len(approved) + 1))
            assert sum(row.state in WRITING for row in rows) <= 1
            assert rows != []
            assert {row.language for row in rows} == {statement.language}

    @invariant()
    def numbers_count_up_from_one(self):
        numbers = Statement.objects.exclude(number=None).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def what_is_approved_has_a_number_and_keeps_its_words(self):
        for edition in Edition.objects.filter(state=State.APPROVED).select_related("statement"):
            assert edition.statement.number is not None
            if edition.is_visible(self.now):
                assert edition.title == self.approved[edition.pk]

    @invariant()
    def nobody_approves_their_own_words(self):
        for edition in Edition.objects.exclude(approved_by=None).filter(forced_reason="", withdrawal_notice=""):
            assert edition.author_id != edition.approved_by_id
        for edition in Edition.objects.exclude(reviewed_by=None):
            assert edition.reviewed_by_id not in {edition.author_id, edition.approved_by_id}

    @invariant()
    def what_was_read_stays_what_was_read(self):
        for at, seen in self.seen.items():
            found = self.visible(at)
            assert {key: value for key, value in found.items() if key in seen} == seen
            # Only what was taken over from elsewhere comes into the past.
            later = Statement.objects.filter(pk__in=found.keys() - seen.keys())
            assert all(statement.source for statement in later)

    @invariant()
    def the_text_is_the_last_one_whose_time_has_come(self):
        for statement in Statement.objects.prefetch_related("editions"):
            begun = [e for e in statement.editions.all() if e.state == State.APPROVED and e.public_from <= self.now]
            last = max(begun, key=lambda edition: edition.public_from, default=None)
            expected = None if last is None or last.removal_reason else last
            assert statement.standing(self.now).visible == expected

    @invariant()
    def a_pair_is_in_two_languages_and_has_one_original(self):
        for statement in Statement.objects.exclude(translation_of=None).select_related("translation_of"):
            assert statement.language != statement.translation_of.language
            assert statement.translation_of.translation_of_id is None


@pytest.mark.django_db
def test_whatever_staff_do_the_timeline_holds(writer, publisher, second_publisher):
    Newsroom.people = (None, publisher, writer, second_publisher)
    run_state_machine_as_test(Newsroom, settings=examples(12))
