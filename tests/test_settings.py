import re
import socket

import pytest
from django.template import Context, Engine, Template, TemplateDoesNotExist, engines
from django.template.base import Origin

from tests.programs import ROOT


def ours(source: str) -> Template:
    """Return a template as if it lay in templates/."""
    return Template(source, origin=Origin(str(ROOT / "templates" / "x.html")), engine=Engine.get_default())


@pytest.mark.parametrize(
    "source", ["{{ nothing }}", "{{ nothing|upper }}", "{{ there.nothing }}", "{% if 1 %}{{ nothing }}{% endif %}"]
)
def test_a_variable_that_is_missing_in_our_templates_fails(source: str):
    with pytest.raises(AssertionError, match=r"templates/x.html uses .*nothing, which is not in its context"):
        ours(source).render(Context({"there": {}}))


def test_a_variable_that_is_missing_in_other_peoples_templates_prints_nothing():
    assert Template("-{{ nothing }}-").render(Context()) == "--"


def test_asking_whether_a_variable_is_there_is_allowed():
    assert ours("{% if nothing %}yes{% else %}no{% endif %}").render(Context()) == "no"


def test_every_template_of_ours_can_be_read():
    for path in (ROOT / "templates").rglob("*.*"):
        try:
            engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
        except TemplateDoesNotExist as error:
            raise AssertionError(path) from error


def test_nothing_outside_this_machine_can_be_reached():
    with socket.socket() as outside, pytest.raises(UserWarning, match=r'connect\(\) with host "192.0.2.1"'):
        outside.connect(("192.0.2.1", 80))


def pins(name: str) -> set[str]:
    """Return `name==version` of everything in a lock."""
    return set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))


def test_what_the_tests_run_on_is_what_operators_run():
    assert pins("run.txt") <= pins("dev.txt")


def test_nothing_is_locked_twice():
    for name in ("run.txt", "dev.txt"):
        names = [pin.split("==")[0] for pin in pins(name)]
        assert len(names) == len(set(names))
