"""The kinds of agency that work with children, in the board's words (reference report, lines 184 and 687-731)."""

from django.db.models import TextChoices


class AgencyKind(TextChoices):
    BOARD = "board", "Safeguarding board"
    SOCIAL_CARE = "social care", "Children's social care"
    COUNCIL = "council", "Council, other services"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School or college"
    EARLY_YEARS = "early years", "Early years"
    YOUTH = "youth", "Youth services and youth justice"
    PROBATION = "probation", "Probation and prisons"
    CAFCASS = "cafcass", "Cafcass"
    VOLUNTARY = "voluntary", "Community and voluntary"
    HOUSING = "housing", "Housing"
    OTHER = "other", "Other"
