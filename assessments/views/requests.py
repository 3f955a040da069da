"""What a view here can rely on: as everywhere (organisations/requests.py)."""

from organisations.requests import SignedIn, posted

__all__ = ["SignedIn", "posted"]
