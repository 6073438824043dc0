"""The parts people play in safeguarding, by which one looks for them."""

from django.db.models import TextChoices


class Part(TextChoices):
    """What somebody is to be called for. In 2009 the board listed names without them."""

    SAFEGUARDING_LEAD = "safeguarding lead", "Safeguarding lead of the agency"
    DESIGNATED_DOCTOR = "designated doctor", "Designated doctor"
    DESIGNATED_NURSE = "designated nurse", "Designated nurse"
    NAMED_DOCTOR = "named doctor", "Named doctor"
    NAMED_NURSE = "named nurse", "Named nurse or midwife"
    DUTY = "duty", "Duty desk: referrals about a child"
    OUT_OF_HOURS = "out of hours", "Emergency duty, out of hours"
    ALLEGATIONS = "allegations", "Designated officer for allegations against staff"
    CONFERENCES = "conferences", "Child protection conferences"
    REVIEWS = "reviews", "Case reviews"
    CHILD_DEATHS = "child deaths", "Child death reviews"
    LINK_TEACHER = "link teacher", "Designated teacher for child protection"
    POLICE_UNIT = "police unit", "Child abuse investigation"
    DOMESTIC_ABUSE = "domestic abuse", "Domestic abuse"
    EXPLOITATION = "exploitation", "Exploitation and missing children"
    TRAINING = "training", "Training"
    DATA = "data", "Figures and returns"
    PRIVACY = "privacy", "Information sharing and privacy"
    BOARD_MEMBER = "board member", "Member of the board"
    OTHER = "other", "Something else"
