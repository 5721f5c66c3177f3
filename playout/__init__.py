"""The box: pulls the station's plan, plays it on time, and says truthfully what was heard.

Shares no code with the server, only the JSON contract; needs Python alone.
"""

VERSION = "0.1.0"
