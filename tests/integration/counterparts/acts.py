"""What boards do until figures stand side by side, and where they then stand."""

from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.models import Round
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from reports.content.document import Figure
from reports.counterparts.releasing import release_figures
from reports.models import ReportVersion
from reports.signed.sign_off import sign_off
from reports.signed.versions import report_of
from tests.factories import lead_of, make_round


def closed(organisation: Organisation, version: FrameworkVersion, level: int = 3, **more: Any) -> Round:
    """On the first section everybody gives `level`; the second and third indicator are judged by one member only."""

    def answers(member: int, indicator: int) -> int | NonScore:
        return NonScore.CANNOT_JUDGE if indicator in (1, 2) and member else level

    sections = list(version.sections.all()[:1])
    return make_round(organisation, version, members=5, sections=sections, state="closed", answers=answers, **more)


def signed(round_: Round) -> ReportVersion:
    return sign_off(by=lead_of(round_), round_=fresh(round_))


def release(round_: Round, icb: Organisation) -> None:
    release_figures(by=lead_of(round_), round_=round_, seen=icb.ods_code)


def release_signed(round_: Round, icb: Organisation) -> None:
    signed(round_)
    release(round_, icb)


def fresh(round_: Round) -> Round:
    return Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)


def beside(round_: Round) -> Figure | None:
    return report_of(fresh(round_)).counterparts


def url(name: str, round_: Round) -> str:
    return reverse(f"reports:{name}", args=[round_.pk])


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())
