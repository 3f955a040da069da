"""What boards answer and agree. Publications and notices refer to responses, those to rounds, all to framework rows."""

from .action import Action, ActionLine
from .notice import Notice, NoticeSubject
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
    "Notice",
    "NoticeSubject",
    "Publication",
    "PublishedComment",
    "Reflection",
    "Reopening",
    "Response",
    "Round",
    "RoundSection",
]
