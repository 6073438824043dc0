"""This room's records under the policy."""

from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity
from safeboard.tools.contacts.models import Contact

CONTACT = "contact"
"""The kind by which the trail names it."""

guard(Contact, Guard(Module.CONTACTS, CONTACT, sensitivity=Sensitivity.OFFICIAL, agency="agency_id"))
