"""Memory of the stage of people and posts over a long run of text: whether it depends on how much was read.

usage: python benchmarks/people_memory.py [--megabytes 1000] [--keep]

The sample archive (and the seeds where they are present) is read again and again, each time with other syllables in the
names of its people, so that caches meet names they have not seen. After each tenth of the text the anonymous memory of
the process is printed. It must not grow by more than `GROWTH_AT_MOST` from the first tenth to the last. With `--keep`
the figures go to benchmarks/people_memory.json.
"""

from __future__ import annotations

import argparse
import random
import time

from careers import GIVEN_MEN, GIVEN_WOMEN, MEN
from measuring import anonymous, articles, folders, told, viewed
from msgspec.structs import replace
from people import stage

GROWTH_AT_MOST = 16
SYLLABLES = sorted({s for s in (*GIVEN_MEN, *GIVEN_WOMEN, *MEN) if " " not in s})
EXCHANGED = 12


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--megabytes", type=int, default=1000)
    options.add_argument("--keep", action="store_true", help="write the file of figures")
    args = options.parse_args()

    base = articles(folders())
    r = random.Random(11)
    tenth = args.megabytes * 100_000
    read, found, spent, memory = 0, 0, 0.0, []
    while len(memory) < 10:
        for a in base:
            text = a.text
            for _ in range(EXCHANGED):  # of the same length, so that the blocks stay where they are
                one, other = r.sample(SYLLABLES, 2)
                if len(one) == len(other):
                    text = text.replace(f" {one}", f" {other}")
            start = time.process_time()
            found += stage(viewed(replace(a, text=text)))
            spent += time.process_time() - start
            read += len(text.encode())
            if read >= tenth * (len(memory) + 1) and len(memory) < 10:
                memory.append(round(anonymous(), 1))
                print(f"{read / 1e6:,.0f} MB read, {memory[-1]} MB held, {time.process_time():,.0f} s", flush=True)
    growth = round(memory[-1] - memory[0], 1)
    figures = {
        "megabytes": args.megabytes,
        "people_and_posts": found,
        "cpu_seconds_of_the_stage": round(spent),
        "memory_after_each_tenth": memory,
        "growth_megabytes": growth,
    }
    told("people_memory", figures, f"at most {GROWTH_AT_MOST} MB of growth", growth <= GROWTH_AT_MOST, keep=args.keep)


if __name__ == "__main__":
    main()
