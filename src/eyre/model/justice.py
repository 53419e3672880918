"""What one record says about custody, charges, court and supervision. Never evidence of identity, but for when somebody
was held: nobody is in two places at once.

Instants are RFC 3339 text in UTC; days are ISO 8601 text. Empty text means not said. Money is decimal text in dollars.
"""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Booking:
    """A stay in a jail or prison, as its keeper tells it (NIEM `j:BookingType`)."""

    booking_number: Annotated[str, "j:BookingAgencyRecordIdentification"] = ""
    facility: Annotated[str, "j:BookingDetentionFacility"] = ""
    agency: Annotated[str, "j:BookingAgency"] = ""
    status: Annotated[str, "j:SupervisionCustodyStatus"] = ""
    booked_at: Annotated[str, "nc:ActivityDate"] = ""
    released_at: Annotated[str, "j:BookingRelease"] = ""
    release_reason: Annotated[str, "nc:ActivityReasonText"] = ""
    projected_release: Annotated[str, "j:IncarcerationProjectedReleaseDate"] = ""
    custody_level: Annotated[str, "j:SupervisionCustodyLevel"] = ""
    housing: Annotated[str, "j:SupervisionAreaIdentification"] = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason that another agency gives for keeping somebody. Immigration holds are dropped by the parser."""

    agency: Annotated[str, "j:DetainerAgency"] = ""
    description: Annotated[str, "nc:ActivityDescriptionText"] = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge, with its bond and its disposition where told (NIEM `j:ChargeType`)."""

    sequence: Annotated[str, "j:ChargeSequenceID"] = ""
    statute: Annotated[str, "j:ChargeStatute"] = ""
    description: Annotated[str, "j:ChargeDescriptionText"] = ""
    severity: Annotated[str, "j:ChargeSeverityText"] = ""
    offense_date: Annotated[str, "nc:ActivityDate"] = ""
    disposition: Annotated[str, "j:ChargeDisposition"] = ""
    disposition_date: Annotated[str, "nc:DispositionDate"] = ""
    bond_type: Annotated[str, "j:BailBondTypeText"] = ""
    bond_amount: Annotated[str, "j:BailBondAmount"] = ""
    court_date: Annotated[str, "j:CourtAppearanceDate"] = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A court case (NIEM `nc:CaseType`)."""

    docket_number: Annotated[str, "nc:CaseDocketID"] = ""
    court: Annotated[str, "j:CourtName"] = ""
    kind: Annotated[str, "nc:CaseCategoryText"] = ""
    title: Annotated[str, "nc:CaseTitleText"] = ""
    status: Annotated[str, "nc:CaseDispositionText"] = ""
    filed_on: Annotated[str, "nc:CaseFiling"] = ""
    party_role: Annotated[str, "j:CaseOfficialRoleText"] = ""


@dataclass(frozen=True, slots=True)
class Supervision:
    """Probation or parole (NIEM `nc:SupervisionType`)."""

    supervision_number: Annotated[str, "nc:SupervisionIdentification"] = ""
    kind: Annotated[str, "nc:SupervisionCategoryText"] = ""
    agency: Annotated[str, "nc:SupervisionAgency"] = ""
    status: Annotated[str, "nc:SupervisionStatus"] = ""
    started_on: Annotated[str, "nc:ActivityDate"] = ""
    ends_on: Annotated[str, "j:SupervisionReleaseDate"] = ""
