"""`draad bench --load`: an invented organisation of any size, to measure with."""
