"""multilabel.json: precision, recall, f1 and fBeta of rows with several labels, by scikit-learn, weighted and not."""

import warnings
from random import Random

import numpy as np
import sklearn
from sklearn.metrics import precision_recall_fscore_support

from write_json import write

warnings.simplefilter("error")
BETA = 2
random = Random("chainrule/multilabel")


def scores(prediction, target, weight, average, beta):
    found = (np.array(prediction) > 0.5).astype(int)
    precision, recall, f, _ = precision_recall_fscore_support(
        np.array(target), found, beta=beta, average=average, sample_weight=weight, zero_division=0
    )
    return precision, recall, f


def case(name, rows, labels, rate, weights, blank=None):
    """`rate`: how often a label is wanted; `blank`: a label that is neither wanted nor found."""
    prediction = [[random.randrange(65) / 64 for _ in range(labels)] for _ in range(rows)]
    target = [[int(random.random() < rate) for _ in range(labels)] for _ in range(rows)]
    if blank is not None:
        for p, t in zip(prediction, target):
            p[blank], t[blank] = p[blank] / 2, 0
    weight = [random.choice(weights) for _ in range(rows)]
    values = {}
    for average in ("macro", "micro", "weighted"):
        precision, recall, f1 = scores(prediction, target, weight, average, 1)
        values[f"precision {average}"] = float(precision)
        values[f"recall {average}"] = float(recall)
        values[f"f1 {average}"] = float(f1)
        values[f"fBeta {average}"] = float(scores(prediction, target, weight, average, BETA)[2])
    return {"name": name, "prediction": prediction, "target": target, "weight": weight, "values": values}


def main():
    cases = [
        case("four labels", 40, 4, 0.4, [1]),
        case("whole weights", 40, 4, 0.4, [0, 1, 1, 2, 3]),
        case("any weights", 40, 3, 0.6, [0, 0.125, 0.7, 1.9, 31.5]),
        case("rare labels, rows without any", 30, 6, 0.05, [1]),
        case("a label that does not occur", 30, 3, 0.5, [1], blank=1),
        case("two labels of few rows", 3, 2, 0.5, [1, 2]),
        case("nothing wanted", 12, 3, 0, [1]),
    ]
    write("multilabel.json", {"meta": {"scikit-learn": sklearn.__version__, "beta": BETA}, "cases": cases})


if __name__ == "__main__":
    main()
