"""Write the goldens anew from the official client: `python tests/conformance/make_goldens.py`.

Owns the files in `goldens/`. Run it after a change of the rows or of the catalog; the tests say
when it is due.
"""

from __future__ import annotations

from witnesses import goldens, official


def main() -> None:
    """Ask the witness and write what it says."""
    goldens.FOLDER.mkdir(exist_ok=True)
    for direction, lines in goldens.said(official).items():
        goldens.FILES[direction].write_text("".join(f"{each}\n" for each in lines), "ascii")


if __name__ == "__main__":
    main()
