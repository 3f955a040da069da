"""The admin's page of a person."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.models import User

pytestmark = pytest.mark.django_db


def test_only_permissions_that_open_a_page_are_offered_at_few_queries(signed_in: Callable[[User], Client]) -> None:
    staff = User.objects.create_superuser("staff@portal.example", "Staff")
    client = signed_in(staff)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("admin:organisations_user_change", args=[staff.pk]))
    offered = [label for _, label in page.context["adminform"].form.fields["user_permissions"].choices]
    apps = {label.partition(" |")[0] for label in offered}
    assert "Frameworks | indicator | Can change indicator" in offered
    assert apps == {"Frameworks", "Organisations", "Permissions of content admins", "Second factors at sign-in",
                    "Single sign-on"}  # fmt: skip
    assert len(captured) <= 20
