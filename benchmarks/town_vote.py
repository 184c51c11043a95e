"""How long until a fresh vote is in the picture: `./bro bench town_vote`.

600 voters and 60 ideas in a house of its own, served as `./bro serve` serves it with its worker. Ten answers that let
new figures be released are sent over HTTP, and the result page is asked until it shows them: that is what somebody
in front of the wall waits for. Wall time, with what else the machine was doing beside it; CPU time of the map alone.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

PROMISED_SECONDS = 5.0
ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    """Fill a house, serve it, vote, and watch the result page."""
    parser = argparse.ArgumentParser(prog="./bro bench town_vote", description=__doc__)
    parser.add_argument("--voters", type=int, default=600)
    parser.add_argument("--ideas", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), arguments.voters, arguments.ideas, arguments.rounds)
    if arguments.json:
        print(json.dumps(found))
    else:
        print(f"{found['voters']} voters, {found['ideas']} ideas, {found['answers']} answers")
        print(f"the map alone          {found['map_cpu_seconds']:.2f} CPU-s")
        print(
            f"vote to picture        {found['median_seconds']:.2f} s median, {found['slowest_seconds']:.2f} s slowest"
        )
        print(f"one answer over HTTP   {found['answer_milliseconds']:.1f} ms median")
        print(f"load of the machine    {found['load']:.1f} on {os.cpu_count()} processors")
        print(f"promised               {PROMISED_SECONDS:.0f} s")
    return 0 if found["median_seconds"] <= PROMISED_SECONDS else 1


def measure(folder: Path, voters: int, ideas: int, rounds: int) -> dict[str, float]:
    """All figures of one run."""
    port = _free_port()
    environment = {
        "BROBYGGET_DATA": str(folder / "house"),
        "BROBYGGET_KEYS": str(folder / "keys"),
        "BROBYGGET_ADDRESS": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "brobygget.settings",
    }
    os.environ |= environment
    vote, idea, map_seconds, answers = _fill(voters, ideas)
    path = os.pathsep.join([str(ROOT / "src"), *sys.path])
    server = subprocess.Popen(
        [sys.executable, "-m", "brobygget", "serve", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
    )
    try:
        base = f"http://localhost:{port}/votes/{vote}/"
        _wait_for(f"http://localhost:{port}/health/")
        waits: list[float] = []
        presses: list[float] = []
        for number in range(rounds):
            before = _figures(base, idea)
            presses += [
                _press(base, idea, yes=phone % 3 > 0, years="<1" if phone % 2 else "always")
                for phone in range(12)
            ]
            began = time.perf_counter()
            while _figures(base, idea) == before:
                if time.perf_counter() - began > 120:
                    raise SystemExit(f"bro bench: no new picture after two minutes in round {number + 1}.")
                time.sleep(0.05)
            waits.append(time.perf_counter() - began)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return {
        "voters": voters,
        "ideas": ideas,
        "answers": answers,
        "map_cpu_seconds": map_seconds,
        "median_seconds": statistics.median(waits),
        "slowest_seconds": max(waits),
        "answer_milliseconds": 1000 * statistics.median(presses),
        "load": os.getloadavg()[0],
    }


def _fill(voters: int, ideas: int) -> tuple[int, int, float, int]:
    """Everybody has answered everything but one idea, which half have."""
    import random
    from datetime import date

    import django

    django.setup()
    from brobygget.house.models import House
    from brobygget.ideas.commands.mapping import refresh_bridging_map
    from brobygget.ideas.models import Answer, TownIdea, TownVote, Voter
    from brobygget.operations import storage

    storage.make_ready()
    chance = random.Random(1)
    today = date(2027, 4, 24)
    house = House.objects.create(name="Brohuset", town="Älvnäs", opened_on=today)
    vote = TownVote.objects.create(house=house, title="Vad bär?", language="sv", opened_on=today, version=1)
    asked = [
        TownIdea.objects.create(vote=vote, text=f"Idé {n}", language="sv", state="shown", given_on=today)
        for n in range(ideas)
    ]
    likes = [(chance.uniform(0.2, 0.95), chance.uniform(-0.2, 0.2)) for _idea in asked]
    people = [
        Voter(
            vote=vote,
            digest=uuid.uuid4().hex,
            years_here=chance.choice(["<1", "always"]),
            was_asked=True,
        )
        for _voter in range(voters)
    ]
    Voter.objects.bulk_create(people)
    answers = []
    for voter in people:
        camp = chance.choice([-1, 1])
        answers += [
            Answer(
                voter=voter,
                idea=idea,
                choice=1 if chance.random() < middle + camp * lean else chance.choice([0, -1]),
                client_seq=1,
            )
            for idea, (middle, lean) in zip(asked, likes, strict=True)
        ]
    Answer.objects.bulk_create(answers, batch_size=500)
    began = time.process_time()
    refresh_bridging_map(vote)
    first = time.process_time() - began
    began = time.process_time()
    refresh_bridging_map(vote)  # nothing to release: what the worker does for most answers
    return vote.pk, asked[0].pk, min(first, time.process_time() - began), len(answers)


def _figures(base: str, idea: int) -> object:
    with urllib.request.urlopen(f"{base}result/now/?by=open", timeout=30) as answer:
        page = answer.read().decode()
    row = re.search(rf'id="idea-{idea}".*?</li>', page, re.S)
    return re.findall(r'class="bank-of">([^<]+)', row[0]) if row else None


def _press(base: str, idea: int, *, yes: bool, years: str) -> float:
    """A phone of its own: opens the vote, says how long it has lived here, answers one idea; how long that took."""
    jar = http.cookiejar.CookieJar()
    phone = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    phone.addheaders = [("Origin", base.split("/votes/")[0])]
    page = phone.open(base, timeout=30).read().decode()
    hidden = dict(re.findall(r'name="(opening|csrfmiddlewaretoken)" value="([^"]+)"', page))

    def send(address: str, fields: dict[str, str]) -> float:
        data = urllib.parse.urlencode({**hidden, "key": str(uuid.uuid4()), **fields}).encode()
        began = time.perf_counter()
        phone.open(urllib.request.Request(address, data, {"X-Outbox": "1"}), timeout=30).read()
        return time.perf_counter() - began

    send(f"{base}years/", {"secret_years": years})
    return send(f"{base}ideas/{idea}/answer/", {"secret_choice": "1" if yes else "-1", "seq": "1"})


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str) -> None:
    for _try in range(600):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("bro bench: the server did not start.")
