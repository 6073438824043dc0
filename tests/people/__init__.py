"""People: records, rules, policy and pages."""
