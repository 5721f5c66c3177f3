"""One module for each small family of reading rules. A rule looks at one place of the text."""
