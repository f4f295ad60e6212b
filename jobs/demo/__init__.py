"""An invented organisation to try Draad with: the same clients each time, over the two years before today."""
