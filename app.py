"""`python app.py`: build or open the index, open the web page. Takes the options of `budget serve`."""

from __future__ import annotations

import sys

from assistant.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
