"""Files that Keras itself wrote, with inputs and what Keras makes of them, for test/keras.

Writes test/fixtures/keras/*.gz and keras.json beside them. With Python 3.11:

    pip install --target keras-py tensorflow-cpu==2.21.0 keras==3.15.1
    PYTHONPATH=keras-py python3 test/golden/keras_files.py

keras2.h5 is written by the Keras 2 that TensorFlow keeps inside (tensorflow.python.keras), which has no normalizations.
The date in a .keras file and names of objects differ from run to run, numbers do not.
"""

import gzip
import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L  # noqa: E402
from tensorflow.python import keras as keras2  # noqa: E402
from tensorflow.python.keras import layers as L2  # noqa: E402
from tensorflow.python.keras.engine import functional as functional2  # noqa: E402
from tensorflow.python.keras.engine import sequential as sequential2  # noqa: E402

FOLDER = Path(__file__).parent.parent / "fixtures" / "keras"
FOLDER.mkdir(exist_ok=True)
random = np.random.default_rng(1)
record = {"version": keras.__version__, "files": {}, "plain": []}


def rows(count, *shape):
    return random.standard_normal((count, *shape)).astype("float32")


def flat(array):
    return [float(number) for number in np.asarray(array).reshape(-1)]


def shuffle(model):
    """Numbers that are no initializer's: running variances stay above 0."""
    for weight in model.weights:
        value = random.uniform(0.3, 1.3, weight.shape) if "variance" in weight.name else rows(*weight.shape) * 0.5
        weight.assign(value.astype("float32"))


def keep(name, model, x, more={}):
    """Saves the model, and remembers inputs and outputs, a list of numbers for each row."""
    path = FOLDER / name
    model.save(path)
    (FOLDER / f"{name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    path.unlink()
    y = model(x, training=False)
    record["files"][name] = {"x": [flat(row) for row in x], "y": [flat(row) for row in y], **more}


def trained():
    """Penalties, a constraint, a nested model; trained by three steps, with the outputs before and after."""
    model = keras.Sequential(
        [
            keras.Input((4,)),
            L.Dense(
                5,
                activation="tanh",
                kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02),
                kernel_constraint=keras.constraints.MaxNorm(0.9),
            ),
            keras.Sequential([L.Dense(3, use_bias=False), L.LeakyReLU()]),
            L.Dense(4, activity_regularizer=keras.regularizers.L2(0.03), trainable=False),
            L.PReLU(),
            L.LayerNormalization(),
            L.ActivityRegularization(l1=0.01),
            L.Dense(3, activation="softmax", kernel_initializer="he_normal"),
        ]
    )
    shuffle(model)
    x, targets = rows(8, 4), rows(8, 3)
    for name in ["trained.keras", "trained.h5"]:
        keep(name, model, x)
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    losses = [float(model.train_on_batch(x, targets)) for _ in range(3)]
    keep("trained-on.keras", model, x)  # compiled: the optimizer is in the file too
    after = {"targets": [flat(row) for row in targets], "losses": losses}
    record["files"]["trained.keras"] |= after | {"after": record["files"]["trained-on.keras"]["y"]}


def chain():
    """A functional chain: normalizations, indices, several sides, layers of one class."""
    inputs = keras.Input((6,))
    y = L.Embedding(7, 4)(inputs)
    y = L.PReLU(shared_axes=[1, 2])(y)
    y = L.LayerNormalization(axis=[1, 2], center=False)(y)
    y = L.Reshape((-1,))(y)
    y = L.Dropout(0.2)(y)
    y = L.Dense(5)(y)
    y = L.BatchNormalization(scale=False, momentum=0.9)(y)
    inner = keras.Sequential([L.Dense(4, name="a"), L.BatchNormalization(name="b")], name="inside")
    y = inner(y)
    y = L.RMSNormalization()(y)
    y = L.Dense(4, activation=L.LeakyReLU(negative_slope=0.1))(y)
    y = L.BatchNormalization(center=False, scale=False)(y)
    y = L.Dense(2, activation="gelu", name="a")(y)
    model = keras.Model(inputs, y)
    shuffle(model)
    x = random.integers(0, 7, (5, 6)).astype("float32")
    keep("chain.keras", model, x)
    keep("chain.h5", model, x)


def wide():
    """Numbers of float64."""
    keras.config.set_floatx("float64")
    keras.config.set_dtype_policy("float64")
    model = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="sigmoid"), L.Dense(2)])
    keep("wide.keras", model, random.standard_normal((3, 3)))
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")


def resting():
    """A frozen BatchNormalization, which Keras leaves to its running statistics even in training."""
    model = keras.Sequential([keras.Input((3,)), L.BatchNormalization(trainable=False), L.Dense(2)])
    shuffle(model)
    keep("resting.keras", model, rows(4, 3))


def second():
    """Keras 2: other names of options, other defaults, `:0` behind the names of weights."""
    keras2.__version__ = "2.6.0"  # which the writer asks for; the copy in TensorFlow has none
    model = sequential2.Sequential(
        [
            L2.Embedding(5, 3, input_length=2),
            L2.Flatten(),
            L2.Dense(5, activation="relu", kernel_initializer="glorot_normal"),
            sequential2.Sequential([L2.Dense(4), L2.PReLU()]),
            L2.LeakyReLU(),
            L2.ThresholdedReLU(0.1),
            L2.ELU(0.7),
            L2.Dropout(0.1),
            L2.Dense(3, activation="softmax"),
        ]
    )
    x = random.integers(0, 5, (4, 2)).astype("float32")
    model.build((None, 2))
    model(x)
    shuffle(model)
    keep("keras2.h5", model, x)
    inputs = L2.Input((3,))
    y = L2.Dense(4, activation="swish")(inputs)
    y = L2.Dense(2)(L2.ReLU(max_value=2.0)(y))
    model = functional2.Functional(inputs, y)
    shuffle(model)
    keep("keras2-chain.h5", model, rows(4, 3))


def plain():
    """Layers without weights, each as the JSON of a model, with what it makes of a row."""
    names = "linear relu relu6 elu selu sigmoid tanh softmax log_softmax softplus softsign silu swish gelu mish exponential"
    names += " hard_sigmoid leaky_relu hard_silu hard_swish hard_tanh log_sigmoid celu hard_shrink soft_shrink"
    names += " tanh_shrink squareplus"
    made = [L.Activation(name) for name in names.split()]
    made += [L.ReLU(), L.ReLU(max_value=6), L.ReLU(max_value=1.5), L.ReLU(negative_slope=0.2), L.ReLU(threshold=0.7)]
    made += [L.LeakyReLU(), L.LeakyReLU(negative_slope=0.1), L.ELU(), L.ELU(alpha=0.5), L.Softmax(), L.Identity()]
    made += [L.Dropout(0.3), L.AlphaDropout(0.3), L.GaussianDropout(0.3), L.GaussianNoise(0.3), L.Flatten()]
    x = np.array([[-4, -2.7, -1, -0.3, 0, 0.1, 0.7, 0.71, 1.4, 2.2, 3.5, 7]], dtype="float32")
    for layer in made:
        model = keras.Sequential([keras.Input((12,)), layer])
        topology = json.loads(model.to_json())
        record["plain"].append({"layer": topology["config"]["layers"].pop(), "y": flat(model(x))})
        record["model"] = topology  # without the layer
    record["x"] = flat(x)


trained()
chain()
wide()
resting()
second()
plain()
text = json.dumps(record).replace("}, {", "},\n{")
(FOLDER / "keras.json").write_text(text + "\n")
