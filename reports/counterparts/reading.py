"""What stands beside a round: figures that other boards of its system released, as they signed them off.

Disclosure decided on them before they were signed off; nothing else of another board is read. A round that is signed
off itself keeps what stood beside it then.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby, islice
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from assessments.choices import RoundState
from assessments.models import Round
from assessments.presenters.figures import indicator_withheld
from assessments.queries.content import ThemeOf, scale_of_version, themes_of_version
from assessments.queries.results import RoundResults
from ground.plain_data import from_plain
from organisations.systems import others_in_system
from reports.counterparts.beside import Counterpart
from reports.counterparts.pairing import Scored, pairs, sections_beside, themes_beside
from reports.models import Release, ReportVersion


def counterparts_of(round_: Round, results: RoundResults) -> tuple[Counterpart, ...]:
    """What stands beside a closed round, by the organisation's name; nothing for an individual framework.

    `results` are its own, disclosed. One query, and once a process two for each framework version.
    """
    if results.facts.subject_is_individual:
        return ()
    kept = _kept(round_, round_.signed_off_at) if round_.signed_off_at else None
    return tuple(released_now(round_, results)) if kept is None else kept


def _kept(round_: Round, signed_off_at: dt.datetime) -> tuple[Counterpart, ...] | None:
    """What the version in force says; None at the moment of signing off, when it is only being made."""
    in_force = round_.report_versions.filter(signed_off_at=signed_off_at)
    kept = list(in_force.values_list("export__counterparts", flat=True))
    return tuple(from_plain(Counterpart, one) for one in kept[0] or ()) if kept else None


def released_now(round_: Round, results: RoundResults) -> Iterator[Counterpart]:
    """Of each organisation the round that closed last, of those on a scale with the same levels and a theme in common.

    Medians on scales with different levels say nothing beside each other, as for a trend.
    """
    ours, levels = tuple(_ours(round_, results)), results.scorecard.scale.values
    newest_first = _released_to(round_).order_by(
        "round__organisation__name", "round__organisation_id", "-round__closed_at"
    )
    for _, versions in groupby(newest_first, key=lambda version: version.round.organisation_id):
        alike = (version for version in versions if scale_of_version(version.round.version_id).values == levels)
        found = (_counterpart(version, ours) for version in alike)
        yield from islice((counterpart for counterpart in found if counterpart.themes), 1)


def _released_to(round_: Round) -> QuerySet[ReportVersion]:
    """What is in force and released to the board of a closed round on the same framework.

    Its system is the one of the day on which it closed.
    """
    assert round_.closed_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    others = others_in_system(round_.organisation, timezone.localdate(round_.closed_at))
    icb = round_.organisation if round_.organisation.is_icb else F("round__organisation")
    released = Release.objects.filter(round=OuterRef("round"), taken_back_at=None, icb=icb)
    newest = ReportVersion.objects.filter(round=OuterRef("round")).order_by("-number").values("pk")[:1]
    versions = ReportVersion.objects.filter(
        Exists(released),
        pk=Subquery(newest),
        round__organisation__in=others,
        round__state=RoundState.SIGNED_OFF,
        round__version__framework=round_.version.framework_id,
    )
    return versions.select_related("round__organisation").defer("figures")


def _counterpart(version: ReportVersion, ours: tuple[Scored, ...]) -> Counterpart:
    round_ = version.round
    assert round_.closed_at is not None  # noqa: S101 - as above
    paired = pairs(ours, _theirs(version))
    return Counterpart(
        organisation=round_.organisation.name,
        ods_code=round_.organisation.ods_code,
        closed_on=timezone.localdate(round_.closed_at),
        counted=version.export["about"]["counted"],
        invited=version.export["about"]["invited"],
        version=version.number,
        reference=version.reference,
        sections=sections_beside(paired),
        themes=themes_beside(paired),
    )


def _ours(round_: Round, results: RoundResults) -> Iterator[Scored]:
    themes, minimum = themes_of_version(round_.version_id), results.facts.minimum_group
    for section in results.scorecard.sections:
        asked = section.section
        for score in section.indicators:
            code = score.indicator.code
            yield Scored(
                code, asked.code, asked.title, themes[code].code, themes[code].words, score.median, score.agreed,
                "" if score.median is not None else indicator_withheld(score, minimum),
            )  # fmt: skip


def _theirs(version: ReportVersion) -> Iterator[Scored]:
    themes = themes_of_version(version.round.version_id)
    for section in version.export["sections"]:
        for one in section["indicators"]:
            yield _as_signed_off(one, section, themes[one["code"]])


def _as_signed_off(one: Mapping[str, Any], section: Mapping[str, Any], theme: ThemeOf) -> Scored:
    """An indicator out of a version's figures. A median is a whole or a half level, so that nothing was rounded."""
    median = None if one["median"] is None else Fraction(one["median"])
    return Scored(
        one["code"], section["code"], section["title"], theme.code, theme.words, median, one["agreed_level"],
        one["why_none"],
    )  # fmt: skip
