"""Rows of located incidents assigned to districts and to kilometres of railway."""
