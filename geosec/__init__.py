"""Incident reports into places, with how sure we are."""
