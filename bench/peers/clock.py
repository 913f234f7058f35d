"""What a side of a comparison says of a piece of work: time by the clock, time of the processor, memory at most."""
import json
import resource
import time


def timed(work):
    """Runs it, and prints one JSON line: what it took and the numbers that it returned."""
    start, processor = time.perf_counter(), time.process_time()
    said = work() or {}
    took = {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor}
    print(json.dumps({**took, "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, **said}), flush=True)
