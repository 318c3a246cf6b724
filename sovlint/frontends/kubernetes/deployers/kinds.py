"""Types of the objects by which deployers are told what to apply."""

from __future__ import annotations

from typing import Final

FLUX: Final = "Kustomization.kustomize.toolkit.fluxcd.io"
"""Applies a path on the cluster that it stands on itself, unless it names a kubeconfig."""
FLUX_RELEASE: Final = "HelmRelease.helm.toolkit.fluxcd.io"
ARGO: Final = "Application.argoproj.io"
ARGO_SET: Final = "ApplicationSet.argoproj.io"
K3S: Final = "HelmChart.helm.cattle.io"
K3S_CONFIG: Final = "HelmChartConfig.helm.cattle.io"
"""Gives further values to the HelmChart of its name."""
KUSTOMIZE: Final = "HelmChartInflationGenerator"
"""What an entry of a kustomization's ``helmCharts`` is called (``kustomize/changes/helm_charts.py``)."""
