"""``python -m tests.store.writer NAME COUNT``: so many entries about one customer, reading again when it must."""

import sys

from store import Changed, Entry, save, since


def write(name: str, count: int, customer: str = "C1") -> int:
    """Save ``count`` entries as ``name``; returns how often somebody else was quicker."""
    beaten = 0
    for number in range(count):
        entry, seen = Entry(customer, name, "planned", note=f"{name} {number}"), 0
        while True:
            try:
                save(entry, seen)
                break
            except Changed as changed:
                beaten += 1
                seen = changed.entries[-1].id or seen
        assert since(customer, seen)[0].note == entry.note, "what was saved on top of what was seen follows it"
    return beaten


if __name__ == "__main__":
    print(write(sys.argv[1], int(sys.argv[2])))
