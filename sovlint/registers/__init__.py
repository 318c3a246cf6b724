"""What auditors, supervisors and buyers ask for, drafted from what was read: tables of facts, attestations and blanks."""
