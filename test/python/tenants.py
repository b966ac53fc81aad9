"""Renders an app of TenantCharts, one of Charts and a fleet; prints whether they agree, as JSON."""

import json
import pathlib
import sys
import tempfile

from cdk8s import ApiObject, App, Chart
from cdk8s_openclaw import (
    FallbackChain,
    Fleet,
    FleetApp,
    GatewayAuth,
    OpenClawVersion,
    Preset,
    Provider,
    SecretSource,
    Tenant,
    TenantChart,
    TenantKeys,
    Tenants,
)

TENANTS = "tenants:\n  - name: a\n  - { name: b, version: 2026.8.2, values: { seats: 3 } }\n"


class OwnChart(TenantChart):
    """A subclass, as Python users write one."""

    def __init__(self, scope, id, **props):
        super().__init__(scope, id, **props)
        self.own = True


def charts(kind):
    app = App(outdir=tempfile.mkdtemp())
    made = [kind(app, f"chart-{i}", namespace="here") for i in range(5)]
    for chart in made:
        first, second = (ApiObject(chart, id, api_version="v1", kind="ConfigMap") for id in ("First", "Second"))
        first.add_dependency(second)
    made[0].add_dependency(made[1])
    return app.synth_yaml()


def fleet(kind, tenants):
    app = kind(outdir=tempfile.mkdtemp())
    made = Fleet(
        app,
        "fleet",
        tenants=tenants,
        version=OpenClawVersion.V2026_9_6,
        preset=Preset.DEV,
        chain=FallbackChain.from_providers(app, "Chain", providers=[Provider.ANTHROPIC, Provider.OPENAI]),
        keys=TenantKeys.from_secret_name("openclaw-secrets"),
        auth=GatewayAuth.token(SecretSource.from_secret_name("openclaw-secrets", "OPENCLAW_GATEWAY_TOKEN")),
    )
    app.synth()
    files = {file.name: file.read_text() for file in sorted(pathlib.Path(app.outdir).iterdir())}
    return made, files


path = pathlib.Path(tempfile.mkdtemp()) / "tenants.yaml"
path.write_text(TENANTS)
from_file, files = fleet(App, Tenants.from_file(str(path)))
_, from_code = fleet(FleetApp, Tenants.of([Tenant(name="a"), Tenant(name="b", version="2026.8.2", values={"seats": 3})]))
path.write_text(TENANTS.replace("version", "versoin"))
try:
    fleet(App, Tenants.from_file(str(path)))
    message = None
except Exception as error:
    message = str(error).replace(str(path.parent) + "/", "").splitlines()
json.dump({
    "charts": charts(TenantChart) == charts(Chart) == charts(OwnChart),
    "files": list(files),
    "same from code": files == from_code,
    "values": [member.tenant.values for member in from_file.members],
    "charts of members": [member.chart.namespace for member in from_file.members],
    "message": message,
}, sys.stdout)
