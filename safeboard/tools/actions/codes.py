"""The register's words: where an action comes from, how grave it is, how far it is."""

from django.db.models import IntegerChoices, TextChoices


class SourceKind(TextChoices):
    """What an action comes from: every separate list of actions that the reference report shows, and today's."""

    CASE_REVIEW = "case review", "Case review"
    CHILD_DEATH = "child death", "Child death review"
    AUDIT = "audit", "Audit"
    SECTION_11 = "section 11", "Section 11 audit"
    SCHOOLS_AUDIT = "schools audit", "Schools' audit (section 175 or 157)"
    GAP_ANALYSIS = "gap analysis", "Gap analysis"
    COMPLAINT = "complaint", "Complaint"
    INSPECTION = "inspection", "Inspection"
    MEETING = "meeting", "Meeting of the board or a group"
    BUSINESS_PLAN = "business plan", "Business plan or objective"
    NATIONAL_REPORT = "national report", "National report or inquiry"
    LAW = "law", "Law or guidance"
    SCREENING = "screening", "Domestic violence screening"
    PROCEDURE = "procedure", "Review of a procedure"
    TRAINING = "training", "Training and its evaluation"
    LICENSING = "licensing", "Licensing"
    RISK = "risk", "Risk or challenge"
    OTHER = "other", "Something else"


class Priority(IntegerChoices):
    """In which order to work."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"


class Risk(IntegerChoices):
    """How grave it is for children if the action is not done. High: somebody else verifies that it is."""

    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"


class Status(TextChoices):
    """How far an action is: worked out from its facts, stored nowhere."""

    OPEN = "open", "Open"
    EVIDENCE_GIVEN = "evidence given", "Evidence given"
    OVERDUE = "overdue", "Overdue"
    CLOSED = "closed", "Closed"
    VERIFIED = "verified", "Verified"
    IMPACT_CHECKED = "impact checked", "Impact checked"


class Impact(TextChoices):
    """What the action changed, when looked at later: done and embedded, or done on paper."""

    EMBEDDED = "embedded", "Done, and practice has changed"
    PARTLY = "partly", "Done, and practice has changed in part"
    ON_PAPER = "on paper", "Done on paper, practice has not changed"
    UNKNOWN = "unknown", "Cannot be known yet"
