"""Processes that share the work of a pass: each with a model of its own, each taking the next batch that nobody has."""
from __future__ import annotations

import multiprocessing
from typing import Any, Callable

from serve import Usage, own_usage, serve

# Makes (batches, what runs one of them, pieces in all, seconds of loading) from its arguments, in the process that will use it.
Maker = Callable[..., tuple[list, Callable[[Any], None], int, float]]


def serve_team(processes: int, make: Maker, *arguments: Any) -> None:
    if processes == 1:
        batches, run, tokens, load = make(*arguments)

        def one_pass() -> None:
            for batch in batches:
                run(batch)

        serve(one_pass, load, tokens)
        return
    context = multiprocessing.get_context("spawn")
    counter = context.Value("i", 0)
    members = []
    for _ in range(processes):
        mine, theirs = context.Pipe()
        context.Process(target=_member, args=(theirs, counter, make, arguments), daemon=True).start()
        theirs.close()  # so that a member that ends is heard of
        members.append(mine)
    loaded = [member.recv() for member in members]

    def one_pass() -> Usage:
        before = own_usage().cpu_seconds
        counter.value = 0
        for member in members:
            member.send("run")
        used = [member.recv() for member in members]
        own = own_usage()
        return Usage(sum(u.cpu_seconds for u in used) + own.cpu_seconds - before, sum(u.peak_rss_kb for u in used) + own.peak_rss_kb)

    serve(one_pass, max(load for load, _ in loaded), loaded[0][1])


def _member(pipe, counter, make: Maker, arguments: tuple) -> None:
    batches, run, tokens, load = make(*arguments)
    pipe.send((load, tokens))
    try:
        while pipe.recv():
            before = own_usage().cpu_seconds
            while (at := _next(counter)) < len(batches):
                run(batches[at])
            after = own_usage()
            pipe.send(Usage(after.cpu_seconds - before, after.peak_rss_kb))
    except EOFError:  # the engine has ended
        pass


def _next(counter) -> int:
    with counter.get_lock():
        counter.value += 1
        return counter.value - 1
