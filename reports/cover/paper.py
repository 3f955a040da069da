"""The cover of a board paper as plain values: what was written for the round, or else the organisation's usual."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

from assessments.models import Round
from organisations.models import Organisation
from reports.content.document import Fact
from reports.content.wording import day
from reports.models import Assurance, CoverDefaults, ProtectiveMarking, Purpose, RoundCover

STANDING = (
    "meeting",
    "author",
    "lead_director",
    "purpose",
    "assurance",
    "assurance_framework",
    "considered_by",
    "protective_marking",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What its author says about the paper; "" is not said. Choices are kept by their code."""

    meeting: str = ""
    meeting_on: dt.date | None = None
    agenda_item: str = ""
    author: str = ""
    lead_director: str = ""
    purpose: str = Purpose.ASSURANCE.value
    assurance: str = ""
    assurance_framework: str = ""
    considered_by: str = ""
    recommendation: str = ""
    protective_marking: str = ProtectiveMarking.OFFICIAL.value
    own_summary: str = ""
    summary_seen: str = ""

    @property
    def standing(self) -> dict[str, str]:
        """What an organisation can set once for all its papers."""
        return {name: getattr(self, name) for name in STANDING}


PLAIN = Paper()
FIELDS = tuple(field.name for field in dataclasses.fields(Paper))


def paper_of(round_: Round) -> Paper:
    """The paper of the round's report as it stands, in one query."""
    found = Round.objects.select_related("cover", "organisation__cover_defaults").get(pk=round_.pk)
    cover: RoundCover | None = getattr(found, "cover", None)  # the other side of a one-to-one raises where it is empty
    if cover is None:
        return _standing(getattr(found.organisation, "cover_defaults", None))
    return Paper(**{name: getattr(cover, name) for name in FIELDS})


def usual_paper(organisation: Organisation) -> Paper:
    """What the organisation set once; a plain paper where it has set nothing."""
    return _standing(CoverDefaults.objects.filter(organisation=organisation).first())


def _standing(defaults: CoverDefaults | None) -> Paper:
    return Paper(**{name: getattr(defaults, name) for name in STANDING}) if defaults else PLAIN


def paper_facts(paper: Paper) -> tuple[Fact, ...]:
    """The head of the cover, in the order of NHS board papers; what is empty is left out."""
    facts = (
        Fact("Meeting", paper.meeting),
        Fact("Date", day(paper.meeting_on) if paper.meeting_on else ""),
        Fact("Agenda item", paper.agenda_item),
        Fact("Author", paper.author),
        Fact("Lead director", paper.lead_director),
        Fact("Purpose", Purpose(paper.purpose).label if paper.purpose else ""),
        Fact("Assurance level", Assurance(paper.assurance).label if paper.assurance else ""),
        Fact("Board Assurance Framework", paper.assurance_framework),
        Fact("Previously considered by", paper.considered_by),
    )
    return tuple(fact for fact in facts if fact.text)


def written_facts(paper: Paper) -> tuple[Fact, ...]:
    """All that was written, for a page that shows it beside a form."""
    more = (
        Fact("The board is asked to", paper.recommendation),
        Fact("Executive summary", paper.own_summary),
        Fact("Protective marking", paper.protective_marking),
    )
    return (*paper_facts(paper), *(fact for fact in more if fact.text))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
