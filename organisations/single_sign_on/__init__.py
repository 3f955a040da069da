"""Signing in through the organisation's own OpenID Connect provider: docs/SIGN-IN.md.

provider.py speaks the protocol, entry.py decides who is let in, adapter.py joins the two to allauth.
"""
