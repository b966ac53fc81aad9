"""Renders a fleet from a file and from code; prints what came out, as JSON."""

import json
import pathlib
import sys
import tempfile

from cdk8s import App
from cdk8s_openclaw import (
    FallbackChain,
    Fleet,
    FleetApp,
    GatewayAuth,
    OpenClawVersion,
    Preset,
    Provider,
    ProviderKeys,
    SecretSource,
    Tenant,
    Tenants,
)

TENANTS = "tenants:\n  - name: a\n  - { name: b, version: 2026.8.2, values: { seats: 3 } }\n"


def fleet(kind, tenants):
    app = kind(outdir=tempfile.mkdtemp())
    made = Fleet(
        app,
        "fleet",
        tenants=tenants,
        version=OpenClawVersion.V2026_9_6,
        preset=Preset.DEV,
        chain=FallbackChain.from_providers(app, "Chain", providers=[Provider.ANTHROPIC, Provider.OPENAI]),
        provider_keys=ProviderKeys.from_secret_name("openclaw-secrets"),
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
    "files": list(files),
    "same from code": files == from_code,
    "values": [member.tenant.values for member in from_file.members],
    "charts of members": [member.chart.namespace for member in from_file.members],
    "message": message,
}, sys.stdout)
