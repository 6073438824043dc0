"""How somebody becomes a signed-in user: second factors, agencies' own sign-in, invitations, leavers, single tasks."""
