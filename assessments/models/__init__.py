"""What boards answer. Imports run response → round; framework rows are referred to, never copied."""

from .response import Answer, Response
from .round import Round, RoundSection

__all__ = ["Answer", "Response", "Round", "RoundSection"]
