"""Answers held against known places and events: phrases, news reports, scores."""
