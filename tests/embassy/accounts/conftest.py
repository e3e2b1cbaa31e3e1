"""Here the second factor is required, as it is by default."""

import pytest
from django.contrib.auth.models import User


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def editor(db: None) -> User:
    """Somebody of the staff, whatever their rights."""
    from tests.conftest import PASSWORD

    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)
