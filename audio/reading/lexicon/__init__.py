"""Tables of what Vietnamese offices write and how a news announcer says it. Data, no logic."""
