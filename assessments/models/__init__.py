"""What boards answer and agree. Publications refer to responses, those to rounds, all to framework rows."""

from .action import Action, ActionLine
from .position import AgreedPosition
from .publication import CountedAnswer, CountedResponse, Publication, PublishedComment, Reopening
from .response import Answer, Reflection, Response
from .round import Round, RoundSection

__all__ = [
    "Action",
    "ActionLine",
    "AgreedPosition",
    "Answer",
    "CountedAnswer",
    "CountedResponse",
    "Publication",
    "PublishedComment",
    "Reflection",
    "Reopening",
    "Response",
    "Round",
    "RoundSection",
]
