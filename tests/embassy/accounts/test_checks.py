import pytest
from django.core.checks import run_checks

from tests.programs import ROOT, manage


def found(settings, **chosen) -> set[str]:
    for name, value in chosen.items():
        setattr(settings, name, value)
    return {str(message.id) for message in run_checks() if str(message.id).startswith("embassy.")}


@pytest.mark.parametrize(
    ("https", "factor", "proxies", "warnings"),
    [
        (True, "required", 1, set()),
        (True, "off", 1, {"embassy.W001"}),
        (True, "required", 0, {"embassy.W002"}),
        (False, "off", 0, set()),
    ],
)
def test_settings_that_do_not_fit_together_are_said(settings, https, factor, proxies, warnings):
    assert found(settings, HTTPS=https, SECOND_FACTOR=factor, TRUSTED_PROXIES=proxies) == warnings


def test_the_start_says_so(tmp_path):
    ended = manage("check", HTTPS="on", SECOND_FACTOR="off", TRUSTED_PROXIES="1", DATA_DIR=str(tmp_path))
    assert "SECOND_FACTOR=off with HTTPS=on: whoever guesses one password" in ended.stderr


def test_it_is_required_unless_somebody_says_otherwise():
    assert 'env.choice("SECOND_FACTOR", "required", ("required", "off"))' in (ROOT / "embassy/settings.py").read_text()
