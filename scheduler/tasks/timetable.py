"""Tasks of this domain."""
