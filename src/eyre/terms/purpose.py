"""Why somebody asks: a closed list, each with a stable code."""

from enum import StrEnum


class Purpose(StrEnum):
    """A stated purpose. Terms say for each what of a record may be seen; what they do not name is denied."""

    CUSTODY_OPERATIONS = "custody_operations"
    VICTIM_NOTIFICATION = "victim_notification"
    DEFENCE_AND_REENTRY = "defence_and_reentry"
    PUBLIC_INQUIRY = "public_inquiry"
    RECORD_CORRECTION = "record_correction"
    OVERSIGHT = "oversight"
    RESEARCH = "research"
    SELF_ACCESS = "self_access"


PURPOSE_TITLES = {
    Purpose.CUSTODY_OPERATIONS: "running a jail, prison or supervision agency",
    Purpose.VICTIM_NOTIFICATION: "telling those entitled to know of a release or transfer",
    Purpose.DEFENCE_AND_REENTRY: "defending somebody, or preparing a return",
    Purpose.PUBLIC_INQUIRY: "a question that any member of the public may ask",
    Purpose.RECORD_CORRECTION: "sealing, correcting or disputing a record",
    Purpose.OVERSIGHT: "checking how records are kept and used",
    Purpose.RESEARCH: "research under an approved protocol",
    Purpose.SELF_ACCESS: "the person concerned asks for their own records",
}
