"""Questions asked of located incidents."""
