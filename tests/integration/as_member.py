"""A member's own pages, as tests of them ask for these."""

from django.test import Client
from django.urls import reverse

from assessments.models import Response


def url(name: str, response: Response, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[response.pk, *more])


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())
