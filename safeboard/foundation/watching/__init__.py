"""Looking after the trail: who has looked at what, alerts, the monthly sample, and whether the trail is whole."""
