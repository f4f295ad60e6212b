"""Cases as logs of what happened, for programs that discover processes: XES and OCEL."""
