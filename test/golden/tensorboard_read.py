"""Reads a folder of event files by TensorBoard itself, and prints what it finds as JSON. Writes nothing.

`pip install tensorboard`, then `python3 tensorboard_read.py FOLDER`.
"""

import json
import sys

from tensorboard.backend.event_processing import plugin_event_multiplexer

multiplexer = plugin_event_multiplexer.EventMultiplexer()
multiplexer.AddRunsFromDirectory(sys.argv[1]).Reload()
found = {}
for run in sorted(multiplexer.Runs()):
    accumulator = multiplexer.GetAccumulator(run)
    tensors = {}
    for tag in accumulator.Tags()["tensors"]:
        metadata = accumulator.SummaryMetadata(tag)
        events = accumulator.Tensors(tag)
        protos = [event.tensor_proto for event in events]
        entry = {"plugin": metadata.plugin_data.plugin_name, "steps": [event.step for event in events]}
        if entry["plugin"] == "scalars":
            entry["values"] = [proto.float_val[0] if proto.float_val else None for proto in protos]
        if entry["plugin"] == "histograms":
            from tensorboard.util import tensor_util

            entry["counts"] = [float(tensor_util.make_ndarray(proto)[:, 2].sum()) for proto in protos]
        if entry["plugin"] == "images":
            entry["sizes"] = [[part.decode() for part in proto.string_val[:2]] for proto in protos]
            entry["pictures"] = [[part[:8].hex() for part in proto.string_val[2:]] for proto in protos]
        if entry["plugin"] == "text":
            entry["texts"] = [[part.decode() for part in proto.string_val] for proto in protos]
        tensors[tag] = entry
    graph = accumulator.Graph() if accumulator.Tags()["graph"] else None
    nodes = [[node.name, node.op, list(node.input)] for node in graph.node] if graph else []
    found[run] = {"tensors": tensors, "nodes": nodes}
print(json.dumps(found, indent=1))
