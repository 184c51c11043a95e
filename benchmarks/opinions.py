"""Measure the opinions engine, beside its peer red-dwarf in the same run.

    ./bro bench opinions real [DIR] [--peer PYTHON]
    ./bro bench opinions scale --participants 100000 --statements 1000 --density .03 [--peer PYTHON --peer-too]
    ./bro bench opinions null --n 8,15,30,100 --runs 200
    ./bro bench opinions subsample [DIR] --n 8,15,30,100
    ./bro bench opinions permute [DIR]

The peer lives in an environment of its own, because it brings pandas and scikit-learn:
``python -m venv ~/red-dwarf && ~/red-dwarf/bin/pip install red-dwarf==0.4.0``, then ``--peer ~/red-dwarf/bin/python``
or the environment variable BROBYGGET_RED_DWARF. CPU seconds on one thread, the least of the repeats.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np  # noqa: E402  # after the thread settings, which NumPy reads once

from brobygget.commandline.vote_files import Conversation, read_conversation  # noqa: E402
from brobygget.engine.opinions import (  # noqa: E402
    VoteMatrix,
    adjusted_rand,
    bridging_map,
    compare_known_groups,
    count_by_group,
    least_agreement,
    look_for_groups,
    vote_matrix,
    without_ideas,
)
from brobygget.engine.opinions.components import mean_answers, residuals  # noqa: E402
from brobygget.engine.opinions.verdicts import lower_bound_among_best  # noqa: E402

DATA = Path(__file__).parent / "data" / "opinions"
# Published groups that a cold start can be held against: the same members within three, silhouette of 0.35 or more.
COMPARABLE = (
    "15-per-hour",
    "american-assembly",
    "austria-climate.2vkxcncppn",
    "austria-climate.5twd2jsnkf",
    "bg2050",
    "canadian",
    "scoop-hivemind.taxes",
    "ssis",
)


def main(argv: list[str]) -> int:
    """Run one of the five measurements."""
    parser = argparse.ArgumentParser(prog="./bro bench opinions", description=__doc__.split("\n")[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    kinds = parser.add_subparsers(dest="kind", required=True)
    real = kinds.add_parser("real", help="every conversation in a folder")
    subsample = kinds.add_parser("subsample", help="few people drawn from many: ranking and coverage")
    permute = kinds.add_parser("permute", help="shuffled rows and columns")
    for each in (real, subsample, permute):
        each.add_argument("folder", type=Path, nargs="?", default=DATA)
    scale = kinds.add_parser("scale", help="made-up votes with four groups")
    scale.add_argument("--participants", type=int, default=100_000)
    scale.add_argument("--statements", type=int, default=1_000)
    scale.add_argument("--density", type=float, default=0.03)
    scale.add_argument("--mean-votes", type=float)
    scale.add_argument("--seed", type=int, default=1)
    scale.add_argument("--peer-too", action="store_true", help="run the peer as well: minutes and gigabytes")
    for each in (real, scale):
        each.add_argument("--peer", default=os.environ.get("BROBYGGET_RED_DWARF"), metavar="PYTHON")
        each.add_argument("--repeats", type=int, default=5)
    null = kinds.add_parser("null", help="false groups, and groups found")
    for each in (null, subsample):
        each.add_argument("--n", default="8,15,30,100")
        each.add_argument("--runs", type=int, default=200)
    permute.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args(argv)
    run: dict[str, Callable[[argparse.Namespace], list[dict[str, Any]]]] = {
        "real": measure_real,
        "scale": measure_scale,
        "null": measure_null,
        "subsample": measure_subsamples,
        "permute": measure_permutations,
    }
    rows = run[arguments.kind](arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 1 if any(row.get("short") for row in rows) else 0


def show(row: dict[str, Any]) -> None:
    """One line of the table."""
    print("  ".join(f"{name} {shown(value)}" for name, value in row.items()), flush=True)


def shown(value: Any) -> str:
    """A figure in four places, anything else as it is."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def least_cpu(work: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """The least CPU time of several repeats, and the last result."""
    best, found = np.inf, None
    for _ in range(repeats):
        began = time.process_time()
        found = work()
        best = min(best, time.process_time() - began)
    return float(best), found


def peak_mb() -> float:
    """The most memory this process has held; getrusage would count that of the parent before the start, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ask_peer(python: str, matrix: VoteMatrix, removed: np.ndarray, repeats: int) -> dict[str, Any]:
    """Let red-dwarf work on the same votes in its own environment."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        np.savez(
            path,
            people=matrix.person_of_each_vote(),
            ideas=matrix.ideas,
            votes=matrix.votes,
            removed=np.flatnonzero(removed),
        )
        script = Path(__file__).with_name("_opinions_inside.py")
        done = subprocess.run(
            [python, str(script), str(path), str(repeats)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(
            f"the peer failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ''}",
            file=sys.stderr,
        )
        return {}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def conversations(folder: Path) -> list[tuple[Path, Conversation]]:
    """All exports in a folder, with published groups."""
    found = sorted(each for each in folder.iterdir() if (each / "participants-votes.csv").is_file())
    return [(each, read_conversation(str(each), "group-id")) for each in found]


def measure_real(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Every conversation: speed beside the peer, exactness beside a dense computation and the reference."""
    if not arguments.peer:
        print(
            "No peer: give --peer PYTHON with red-dwarf 0.4.0 to compare the speed (see the top of this file)."
        )
    rows = []
    for folder, talk in conversations(arguments.folder):
        live = without_ideas(talk.matrix, talk.removed)
        who, known = live.person_of_each_vote(), talk.known
        assert known is not None

        def whole(live: VoteMatrix = live, who: np.ndarray = who, known: np.ndarray = known) -> Any:
            votes = vote_matrix(who, live.ideas, live.votes, n_people=live.n_people, n_ideas=live.n_ideas)
            return bridging_map(votes, rng=np.random.default_rng(1), known=known)

        cpu, found = least_cpu(whole, arguments.repeats)
        peer: dict[str, Any] = {}
        if arguments.peer:
            # Ours before and after, so that a neighbour who makes the machine busy for a while is unfair to neither.
            peer = ask_peer(arguments.peer, talk.matrix, talk.removed, 2 * arguments.repeats)
            cpu = min(cpu, least_cpu(whole, arguments.repeats)[0])
        dense = np.linalg.svd(residuals(live, mean_answers(live)).toarray(), full_matrices=False)[2][:2].T
        cosine = np.abs((dense * found.components.loadings[:, :2]).sum(0)).min()
        both = (known >= 0) & (found.groups.labels >= 0)
        row = {
            "conversation": folder.name[:28],
            "people": live.n_people,
            "ideas": live.n_ideas,
            "votes": live.n_votes,
            "cpu_s": cpu,
            "k": found.groups.count,
            "ari": adjusted_rand(found.groups.labels[both], known[both]),
            "1-cos": float(1 - cosine),
            **against_reference(folder, talk, found),
        }
        row["short"] = bool(
            row["1-cos"] > 1e-6 or row.get("consensus", 0) > 1.01e-6 or row.get("quantile", 0) > 1e-3
        )
        if peer:
            row |= {
                "peer_cpu_s": min(peer["seconds"]),
                "times": min(peer["seconds"]) / cpu,
                "peer_mb": peer["peak_mb"],
            }
            theirs = np.array([peer["labels"].get(str(at), -1) for at in range(live.n_people)])
            seen = (known >= 0) & (theirs >= 0)
            row["peer_ari"] = adjusted_rand(theirs[seen], known[seen])
        show(row)
        rows.append(row)
    summary(rows)
    return rows


def against_reference(folder: Path, talk: Conversation, found: Any) -> dict[str, float]:
    """The largest difference to the figures published beside the data."""
    path = folder / "reference.json"
    if not path.is_file() or found.known is None:
        return {}
    reference = json.loads(path.read_text())
    ids = [name for name, gone in zip(talk.ideas, talk.removed, strict=True) if not gone]

    def largest(key: str, ours: np.ndarray) -> float:
        theirs = reference[key]
        return max(abs(ours[at] - theirs[i]) for at, i in enumerate(ids) if theirs.get(i) is not None)

    return {
        "consensus": largest("gac_by_statement", found.known.consensus),
        "quantile": max(
            largest("bridging_q10", found.known.least.q10), largest("bridging_q50", found.known.least.q50)
        ),
    }


def summary(rows: list[dict[str, Any]]) -> None:
    """The figures over all conversations."""
    comparable = [row["ari"] for row in rows if row["conversation"].startswith(COMPARABLE)]
    print(
        f"ARI, median of {len(comparable)} comparable: {np.median(comparable or [np.nan]):.3f}; "
        f"of all {len(rows)}: {np.median([row['ari'] for row in rows]):.3f}; largest 1-cos {max(r['1-cos'] for r in rows):.1e}; "
        f"peak {peak_mb():.0f} MB"
    )
    times = [row["times"] for row in rows if "times" in row]
    if times:
        theirs = [row["peer_ari"] for row in rows if row["conversation"].startswith(COMPARABLE)]
        print(
            f"CPU against red-dwarf, geometric mean: {np.exp(np.mean(np.log(times))):.1f}x "
            f"({min(times):.1f} to {max(times):.1f}); its ARI, comparable: {np.median(theirs):.3f}"
        )


def made_up(participants: int, statements: int, mean_votes: float, seed: int) -> tuple[np.ndarray, ...]:
    """Votes of four groups; how much people answer is log-normal."""
    rng = np.random.default_rng(seed)
    activity = rng.lognormal(0, 1, participants)
    each = np.clip(np.round(activity * mean_votes / activity.mean()), 1, statements).astype(np.int64)
    person = np.repeat(np.arange(participants, dtype=np.int32), each)
    idea = np.empty(len(person), np.int32)
    begin, step = 0, 20_000
    starts = np.concatenate(([0], np.cumsum(each)))
    for first in range(0, participants, step):
        last = min(first + step, participants)
        some = each[first:last]
        keep = np.argpartition(
            rng.random((last - first, statements), np.float32), min(some.max(), statements) - 1, axis=1
        )
        mask = np.arange(keep.shape[1]) < some[:, None]
        end = begin + int(some.sum())
        # The first few of a random order, sorted within each person.
        block = keep[mask].astype(np.int64) + (person[begin:end].astype(np.int64) - first) * statements
        block.sort()
        idea[begin:end] = block % statements
        begin = end
    assert begin == starts[-1]
    group = rng.integers(0, 4, participants)
    common, own = rng.normal(0, 1, statements), rng.normal(0, 0.8, (4, statements))
    votes = np.empty(len(person), np.int8)
    for begin in range(0, len(person), 1 << 21):
        part = slice(begin, begin + (1 << 21))
        lean = common[idea[part]] + own[group[person[part]], idea[part]] + rng.normal(0, 1, len(idea[part]))
        votes[part] = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0))
    return person, idea, votes, group


def measure_scale(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Large made-up conversations, in a fresh process each so that the peak of memory is theirs alone."""
    mean = arguments.mean_votes or arguments.density * arguments.statements
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npy"
        names = ("person", "idea", "votes", "group")
        for name, array in zip(
            names, made_up(arguments.participants, arguments.statements, mean, arguments.seed), strict=True
        ):
            np.save(path.with_name(f"{name}.npy"), array)
        code = "import sys; from benchmarks.opinions import work_alone; work_alone(*sys.argv[1:])"
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                code,
                folder,
                str(arguments.participants),
                str(arguments.statements),
                str(arguments.repeats),
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])},
        )
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return [{"short": True}]
        row: dict[str, Any] = json.loads(done.stdout)
        if arguments.peer_too:
            if not arguments.peer:
                print("No peer: give --peer PYTHON.")
            else:
                arrays = [np.load(path.with_name(f"{name}.npy")) for name in names[:3]]
                matrix = vote_matrix(*arrays, n_people=arguments.participants, n_ideas=arguments.statements)
                peer = ask_peer(arguments.peer, matrix, np.zeros(arguments.statements, bool), 1)
                if peer:
                    row |= {
                        "peer_cpu_s": peer["seconds"][0],
                        "times": peer["seconds"][0] / row["cpu_s"],
                        "peer_mb": peer["peak_mb"],
                    }
    show(row)
    return [row]


def work_alone(folder: str, participants: str, statements: str, repeats: str) -> None:
    """In a process of its own: from arrays of votes to the whole map."""
    person, idea, votes, group = (
        np.load(f"{folder}/{name}.npy") for name in ("person", "idea", "votes", "group")
    )
    before = peak_mb()

    def whole() -> Any:
        matrix = vote_matrix(person, idea, votes, n_people=int(participants), n_ideas=int(statements))
        return bridging_map(matrix, rng=np.random.default_rng(1))

    wall = time.perf_counter()
    cpu, found = least_cpu(whole, int(repeats))
    wall = (time.perf_counter() - wall) / int(repeats)
    active = np.diff(found.matrix.starts) >= 30
    print(
        json.dumps(
            {
                "people": int(participants),
                "ideas": int(statements),
                "votes": len(votes),
                "cpu_s": cpu,
                "wall_s": wall,
                "peak_mb": peak_mb(),
                "with_input_mb": before,
                "k": found.groups.count,
                "ari_to_planted": adjusted_rand(found.groups.labels, group),
                "ari_30_votes": adjusted_rand(found.groups.labels[active], group[active]),
            }
        )
    )


def circle(kind: str, n: int, rng: np.random.Generator, n_ideas: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Answers of a made-up circle to all ideas, and who is in which half."""
    half = np.arange(n) % 2
    lean = np.tile(rng.normal(0, 1, n_ideas), (n, 1))
    if kind.endswith("yea-saying"):
        lean = lean + rng.choice([0, 2.0], (n, 1), p=[0.7, 0.3])
    if kind.startswith(("weak", "strong")):
        apart = rng.normal(0, 0.8 if kind == "weak" else 1.6, n_ideas)
        lean = lean + np.where(half[:, None] == 0, apart, -apart)
    lean = lean + rng.normal(0, 1, (n, n_ideas))
    answers = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0))
    if kind == "agree to all":
        answers[rng.random(n) < 0.25] = 1
    return answers, half


def measure_null(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """How often groups are seen where there are none, and where there are."""
    rows = []
    bound = 0.05 + 2 * np.sqrt(0.05 * 0.95 / arguments.runs)
    for n in (int(word) for word in arguments.n.split(",")):
        for kind in ("none", "yea-saying", "agree to all", "weak", "strong", "strong, yea-saying"):
            rng = np.random.default_rng([n, len(kind)])
            rejected = groups = known = 0
            for _ in range(arguments.runs):
                answers, half = circle(kind, n, rng)
                matrix = vote_matrix(
                    *np.indices(answers.shape).reshape(2, -1), answers.ravel(), n_people=n, n_ideas=30
                )
                rejected += look_for_groups(matrix, rng).finds_groups
                groups += bridging_map(matrix, rng=rng).groups.count > 1
                known += compare_known_groups(matrix, half, rng, 199).p_value <= 0.05
            row: dict[str, Any] = {
                "n": n,
                "votes": kind,
                "test_rejects": rejected / arguments.runs,
                "groups_shown": groups / arguments.runs,
                "known_groups_differ": known / arguments.runs,
            }
            is_null = kind in ("none", "yea-saying", "agree to all")
            row["short"] = bool(is_null and groups / arguments.runs > bound) or (
                kind == "strong" and groups / arguments.runs < 0.9
            )
            show(row)
            rows.append(row)
    return rows


def measure_subsamples(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Draw few people from a conversation and hold what they say against what everybody says."""
    rows = []
    for folder, talk in conversations(arguments.folder):
        live = without_ideas(talk.matrix, talk.removed)
        full = answers_of_the_well_known(live, talk.known)
        if full is None:
            continue
        answers, group = full
        n_groups = int(group.max()) + 1
        for n in (int(word) for word in arguments.n.split(",")):
            if n > 0.6 * len(group) or n < 2 * n_groups:
                continue
            rows.append(
                {"conversation": folder.name[:28], "n": n, **one_size(answers, group, n, arguments.runs)}
            )
            show(rows[-1])
    for n in sorted({row["n"] for row in rows}):
        these = [row for row in rows if row["n"] == n]
        middle = {
            key: float(np.mean([row[key] for row in these]))
            for key in these[0]
            if key not in ("conversation", "n", "short")
        }
        show({"mean of": len(these), "n": n, **middle})
    everything = float(np.mean([row["q10_all"] for row in rows]))
    best = float(np.mean([row["lower_top5"] for row in rows]))
    print(
        f"coverage: q10 over all ideas {everything:.3f} (0.90 asked), corrected over its own top five {best:.3f} (0.85 asked)"
    )
    rows.append({"q10_all": everything, "lower_top5": best, "short": everything < 0.9 or best < 0.85})
    return rows


def answers_of_the_well_known(
    live: VoteMatrix, known: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray] | None:
    """The forty most answered ideas, those who answered at least half of them; NaN where not answered."""
    assert known is not None
    top = np.sort(np.argsort(-np.bincount(live.ideas, minlength=live.n_ideas), kind="stable")[:40])
    place = np.full(live.n_ideas, -1)
    place[top] = np.arange(len(top))
    answers = np.full((live.n_people, len(top)), np.nan)
    there = place[live.ideas] >= 0
    answers[live.person_of_each_vote()[there], place[live.ideas][there]] = live.votes[there]
    kept = (np.isfinite(answers).sum(1) >= len(top) / 2) & (known >= 0)
    _, group = np.unique(known[kept], return_inverse=True)
    if len(group) < 30 or np.bincount(group).min() < 4:
        return None
    return answers[kept], group


def one_size(answers: np.ndarray, group: np.ndarray, n: int, runs: int) -> dict[str, Any]:
    """Ranking and coverage for one conversation and one number of people."""
    rng = np.random.default_rng(n)
    n_groups = int(group.max()) + 1
    truth = np.min(
        [
            np.nanmean(np.where(np.isfinite(answers[group == g]), answers[group == g] == 1, np.nan), axis=0)
            for g in range(n_groups)
        ],
        axis=0,
    )
    ranks, picks, covered, flat_top, lower_top, kept_promise = [], [], [], [], [], []
    for _ in range(runs):
        chosen = np.concatenate(
            [rng.choice(np.flatnonzero(group == g), 2, replace=False) for g in range(n_groups)]
        )
        rest = np.setdiff1d(np.arange(len(group)), chosen)
        chosen = np.concatenate([chosen, rng.choice(rest, n - len(chosen), replace=False)])
        part = answers[chosen]
        row, column = np.nonzero(np.isfinite(part))
        matrix = vote_matrix(row, column, part[row, column].astype(int), n_people=n, n_ideas=part.shape[1])
        counts = count_by_group(matrix, group[chosen], n_groups)
        least, lower = least_agreement(counts), lower_bound_among_best(counts)
        best = np.argsort(-least.ranking, kind="stable")[:5]
        ranks.append(np.corrcoef(np.argsort(np.argsort(least.ranking)), np.argsort(np.argsort(truth)))[0, 1])
        picks.append(truth[best].mean())
        covered.append((least.q10 <= truth).mean())
        flat_top.append((least.q10 <= truth)[best].mean())
        lower_top.append((lower <= truth)[best].mean())
        kept_promise += (truth[best][lower[best] >= 0.5] >= 0.5).tolist()
    return {
        "spearman": float(np.mean(ranks)),
        "top5_truth": float(np.mean(picks)),
        "q10_all": float(np.mean(covered)),
        "q10_top5": float(np.mean(flat_top)),
        "lower_top5": float(np.mean(lower_top)),
        "carries_per_list": len(kept_promise) / runs,
        "carries_true": float(np.mean(kept_promise)) if kept_promise else 1.0,
        "short": False,
    }


def measure_permutations(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Shuffle people and ideas: groups, figures and order must be the same to the last bit."""
    rows = []
    for folder, talk in conversations(arguments.folder):
        live = without_ideas(talk.matrix, talk.removed)
        first = bridging_map(live, rng=np.random.default_rng(1), known=talk.known)
        rng = np.random.default_rng(2)
        differing = 0
        for _ in range(arguments.runs):
            people, ideas = rng.permutation(live.n_people), rng.permutation(live.n_ideas)
            order = rng.permutation(live.n_votes)
            known = np.empty_like(talk.known)
            known[people] = talk.known
            shuffled = vote_matrix(
                people[live.person_of_each_vote()][order],
                ideas[live.ideas][order],
                live.votes[order],
                n_people=live.n_people,
                n_ideas=live.n_ideas,
            )
            second = bridging_map(shuffled, rng=np.random.default_rng(1), known=known)
            same = (
                np.array_equal(second.groups.labels[people], first.groups.labels)
                and np.array_equal(second.score[ideas], first.score)
                and np.array_equal(second.people_on_map[people], first.people_on_map, equal_nan=True)
                and np.array_equal(second.latent.least.q10[ideas], first.latent.least.q10)
                and np.array_equal(first.score[np.argsort(ideas)][second.ranking], first.score[first.ranking])
            )
            differing += not same
        rows.append(
            {
                "conversation": folder.name[:28],
                "shuffles": arguments.runs,
                "differing": differing,
                "short": differing > 0,
            }
        )
        show(rows[-1])
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
