"""The demonstration's sign-in buttons, on a page that allauth's view renders."""

from django import template

from organisations.demo import Board, boards

register = template.Library()


@register.simple_tag
def demo_boards() -> tuple[Board, ...]:
    """Boards whose people can be signed in as."""
    return boards()
