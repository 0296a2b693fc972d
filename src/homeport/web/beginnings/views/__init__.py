"""What each address shows: load, call one service, render."""
