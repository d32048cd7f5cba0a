"""Writes the five data sets that scikit-learn carries to examples/data: a header, numeric columns, the target last."""
from pathlib import Path

from sklearn import datasets

folder = Path(__file__).resolve().parents[2] / "examples" / "data"


def number(value):
    """The shortest text of the number; a whole one without its point."""
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def name(feature):
    """sepal length (cm) → sepal_length; od280/od315_of_diluted_wines → od280_od315_of_diluted_wines."""
    return feature.split(" (")[0].replace(" ", "_").replace("/", "_")


def export(title, data, target):
    names = [name(feature) for feature in data.feature_names] + [target]
    rows = [[*map(number, x), number(y)] for x, y in zip(data.data, data.target)]
    text = "\n".join(",".join(row) for row in [names, *rows])
    (folder / f"{title}.csv").write_text(text + "\n")


folder.mkdir(parents=True, exist_ok=True)
export("digits", datasets.load_digits(), "digit")
export("iris", datasets.load_iris(), "species")
export("wine", datasets.load_wine(), "cultivar")
export("breast-cancer", datasets.load_breast_cancer(), "benign")
# As they were measured, not scaled as scikit-learn does by default.
export("diabetes", datasets.load_diabetes(scaled=False), "progression")
