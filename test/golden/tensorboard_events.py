"""Writes tensorboard.json: records of event files as TensorBoard's own messages and writer make them, in hexadecimal digits.

`pip install tensorboard`, then `python3 tensorboard_events.py`. Made with TensorBoard 2.21.0.
"""

import io
import json
import pathlib

from tensorboard.compat.proto import event_pb2, graph_pb2, summary_pb2, tensor_pb2
from tensorboard.compat.tensorflow_stub import dtypes
from tensorboard.summary.writer.record_writer import RecordWriter


def record(event):
    file = io.BytesIO()
    file.close, close = (lambda: None), file.close
    writer = RecordWriter(file)
    writer.write(event.SerializeToString(deterministic=True))
    return file.getvalue().hex()


def tensor(plugin, data_class, *texts):
    proto = tensor_pb2.TensorProto(dtype=dtypes.string.as_datatype_enum, string_val=[t.encode() for t in texts])
    proto.tensor_shape.dim.add(size=len(texts))
    metadata = summary_pb2.SummaryMetadata(data_class=data_class)
    metadata.plugin_data.plugin_name = plugin
    return {"tensor": proto, "metadata": metadata}


def summary(**value):
    return event_pb2.Event(wall_time=1.5, step=300, summary=summary_pb2.Summary(value=[summary_pb2.Summary.Value(**value)]))


histogram = summary_pb2.HistogramProto(
    min=-1, max=2, num=4, sum=1.5, sum_squares=6.25,
    bucket_limit=[-1 + 3 * (bar + 1) / 30 if bar < 29 else 2 for bar in range(30)],
    bucket=[1 if bar in (0, 5, 20, 29) else 0 for bar in range(30)],
)
graph = graph_pb2.GraphDef()
node = graph.node.add(name="input", op="Placeholder")
shape = node.attr["_output_shapes"].list.shape.add()
shape.dim.add(size=-1)
shape.dim.add(size=2)
for name, rows, cols in (("weight", 2, 3), ("bias", 1, 3)):
    node = graph.node.add(name=f"0_Dense/{name}", op="Parameter")
    shape = node.attr["_output_shapes"].list.shape.add()
    shape.dim.add(size=rows)
    shape.dim.add(size=cols)
node = graph.node.add(name="0_Dense/Dense", op="Dense", input=["input", "0_Dense/weight", "0_Dense/bias"])
node.attr["code"].s = b"new Dense({ units: 3 })"
node = graph.node.add(name="1_ReLU", op="ReLU", input=["0_Dense/Dense"])
node.attr["code"].s = b"new ReLU()"
graph.versions.producer = 22

records = {
    "version": record(event_pb2.Event(wall_time=1.5, file_version="brain.Event:2")),
    "restart": record(event_pb2.Event(wall_time=1.5, step=300, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START))),
    "scalar": record(summary(tag="loss", simple_value=0.1)),
    "histogram": record(summary(tag="weights/0.weight", histo=histogram)),
    "text": record(summary(tag="model", **tensor("text", summary_pb2.DATA_CLASS_TENSOR, "| é |"))),
    "images": record(summary(tag="mistakes", **tensor("images", summary_pb2.DATA_CLASS_BLOB_SEQUENCE, "3", "2", "one", "two"))),
    "graph": record(event_pb2.Event(wall_time=1.5, step=300, graph_def=graph.SerializeToString(deterministic=True))),
}
path = pathlib.Path(__file__).with_name("tensorboard.json")
path.write_text(json.dumps(records, indent=1) + "\n")
