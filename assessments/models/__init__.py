"""What boards answer. Imports run response → round; framework rows are referred to, never copied."""

from .response import Answer, Reflection, Response
from .round import Round, RoundSection

__all__ = ["Answer", "Reflection", "Response", "Round", "RoundSection"]
