"""Run the peer, red-dwarf, on the votes in an .npz file. Started by benchmarks/opinions.py with the peer's own Python."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np


def peak_mb() -> float:
    """The most memory this process has held; getrusage would count that of the parent before the start, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the CPU seconds of each repeat, the groups and the peak of memory."""
    given = np.load(sys.argv[1])
    repeats = int(sys.argv[2])
    from reddwarf.implementations.base import run_pipeline

    # The list of dictionaries that it takes is built before the clock starts.
    votes = [
        {"participant_id": p, "statement_id": s, "vote": v}
        for p, s, v in zip(
            given["people"].tolist(), given["ideas"].tolist(), given["votes"].tolist(), strict=True
        )
    ]
    removed = given["removed"].tolist()
    seconds, found = [], None
    for _ in range(repeats):
        began = time.process_time()
        found = run_pipeline(votes=votes, mod_out_statement_ids=removed, random_state=1)
        seconds.append(time.process_time() - began)
    labels = found.participants_df["cluster_id"].dropna() if found is not None else None
    print(
        json.dumps(
            {
                "seconds": seconds,
                "peak_mb": peak_mb(),
                "labels": {str(k): int(v) for k, v in labels.items()},
            }
        )
    )


if __name__ == "__main__":
    main()
