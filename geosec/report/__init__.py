"""A report of incidents as one page: tables for a reader, figures, and the words that tell them."""
