"""Counting what was aired, and the documents that say so."""
