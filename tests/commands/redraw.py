"""Draw again without the toolkit: redraw.py FRAME PERIOD SEED RATE township|county. Prints M, then every ticket taken."""
import hashlib
import pathlib
import sys


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


frame, period, seed, rate, by = sys.argv[1:]
data = pathlib.Path(frame).read_bytes()
print("M", hashlib.sha256(data).hexdigest())
key = sha("ledger-sample/1\nvisits\n" + period + "\n" + seed)
up, down = map(int, rate.split("/"))
rows = [line.split("\t") for line in data.decode().splitlines()]
cut = 9 if by == "township" else 6
for place in sorted({unit[:cut] for unit, _, _ in rows}):
    mine = [(sha(f"{key}\n{unit}\n{token}"), unit, token, agreed) for unit, token, agreed in rows if unit[:cut] == place]
    willing = sorted(one[:3] for one in mine if one[3] == "y")
    size = min(len(willing), max(1, -(-len(mine) * up // down)))
    for at, taken in enumerate(willing[:2 * size]):
        print("drawn" if at < size else "reserve", *taken)
