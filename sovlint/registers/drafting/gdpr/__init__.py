"""Registers of the GDPR: records of processing (article 30), contracts of processors (article 28), transfers."""
