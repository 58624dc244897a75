"""Excel as a rim beside the terminal: a button's macro starts Python, Python calls the task the command line calls, Excel shows what it did."""
