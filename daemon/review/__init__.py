"""The post-incident review: one incident as a report, from what is written down about it."""
