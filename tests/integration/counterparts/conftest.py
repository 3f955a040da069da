"""A trust and the ICB of its system, each with a round."""

import pytest

from assessments.models import Round
from frameworks.models import FrameworkVersion
from organisations.choices import OrganisationKind
from organisations.models import IcbMembership, Organisation
from tests.factories import LONG_AGO, make_organisation
from tests.integration.counterparts.acts import closed, signed


@pytest.fixture
def icb(db: None) -> Organisation:
    return make_organisation("NHS Marsh Valley ICB", OrganisationKind.ICB)


@pytest.fixture
def in_system(trust: Organisation, icb: Organisation) -> IcbMembership:
    return IcbMembership.objects.create(trust=trust, icb=icb, starts_on=LONG_AGO)


@pytest.fixture
def theirs(icb: Organisation, in_system: IcbMembership, wgll: FrameworkVersion) -> Round:
    """The ICB's round, signed off."""
    round_ = closed(icb, wgll, 4)
    signed(round_)
    return round_


@pytest.fixture
def ours(trust: Organisation, in_system: IcbMembership, wgll: FrameworkVersion) -> Round:
    return closed(trust, wgll, 2)
