"""The peer that `homeport score` is measured against: as little as a researcher could write, with fast parts.

`python bare_scoring.py ANSWERS.csv PARAMETERS.json OUT.csv` reads the CSV with pandas, scores both ECR scales with
mirt's EAP (likelihoods in Rust) at 61 nodes and writes estimates and standard errors. Nothing is checked or counted.
"""

import json
import sys
from pathlib import Path

import mirt
import numpy as np
import pandas as pd
from mirt.models import GradedResponseModel

NODES = 61


def main(source: str, parameters: str, out: str, nodes: int = NODES) -> None:
    """Read, score, write."""
    scales = json.loads(Path(parameters).read_text())
    frame = pd.read_csv(source)
    columns = {}
    for name, scale in scales.items():
        raw = frame[scale["columns"]].to_numpy()
        keyed = np.where(scale["reversed"], 5 - raw, raw - 1)
        keyed = np.where((raw < 1) | (raw > 5), -1, keyed)
        model = GradedResponseModel(n_items=len(scale["a"]), n_categories=5)
        model.set_parameters(discrimination=np.array(scale["a"]), thresholds=np.array(scale["b"]))
        model._is_fitted = True
        found = mirt.fscores(model, keyed, method="EAP", n_quadpts=nodes)
        columns[f"{name}_eap"] = np.ravel(found.theta)
        columns[f"{name}_se"] = np.ravel(found.standard_error)
    pd.DataFrame(columns).to_csv(out, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
