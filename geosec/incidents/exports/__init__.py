"""Exports of event data sets: known by their columns, their codes and dates put into ours."""
