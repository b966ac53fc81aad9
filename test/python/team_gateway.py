"""A construct on top of the library, on two cdk8s-plus; prints what each renders and refuses, as JSON."""

import json
import sys

import cdk8s_plus_28
import cdk8s_plus_33
from cdk8s import App, Chart, Size
from cdk8s_openclaw import (
    FallbackChain,
    GatewayAuth,
    GatewayExposure,
    GatewayState,
    OpenClawDeployment,
    OpenClawVersion,
    Provider,
    ProviderKeys,
    ProviderSecret,
    SecretSource,
    SecretText,
    Workspace,
)
from constructs import Construct


class TeamGateway(Construct):
    """What a company builds on top: its providers and names; further props go to the gateway."""

    def __init__(self, scope, id, *, team, keys, **props):
        super().__init__(scope, id)
        providers = [Provider.ANTHROPIC, Provider.OPENAI]
        self.gateway = OpenClawDeployment(
            self,
            "Gateway",
            version=OpenClawVersion.V2026_9_6,
            chain=FallbackChain.from_providers(self, "Chain", providers=providers),
            provider_secrets=[
                ProviderSecret(self, p.id, provider=p, source=SecretSource.from_secret(keys, p.key_name)) for p in providers
            ],
            auth=GatewayAuth.token(SecretSource.from_secret(keys, "OPENCLAW_GATEWAY_TOKEN")),
            **props,
        )
        self.gateway.deployment.pod_metadata.add_label("team", team)


def team(kplus, **props):
    chart = Chart(App(), "team", namespace="team")
    TeamGateway(chart, "Blue", team="blue", keys=kplus.Secret.from_secret_name(chart, "Keys", "blue-keys"), **props)
    return chart


def objects(kplus):
    chart = Chart(App(), "objects", namespace="team")
    TeamGateway(
        chart,
        "Blue",
        team="blue",
        keys=kplus.Secret(chart, "Keys"),
        state=GatewayState.existing(kplus.PersistentVolumeClaim(chart, "State", storage=Size.gibibytes(20)), path=".openclaw"),
        service_account=kplus.ServiceAccount(chart, "Account"),
        env_variables={"TZ": kplus.EnvValue.from_value("UTC"), "TEAM": "blue"},
        resources={"cpu": {"request": kplus.Cpu.millis(500)}, "memory": {"request": Size.gibibytes(2), "limit": "3Gi"}},
        exposure=GatewayExposure(
            origins=["https://blue.example.com"],
            trusted_proxies=["10.244.0.0/16"],
            peers=[kplus.Pods.select(chart, "Proxy", labels={"app": "proxy"}), "10.0.0.0/24"],
        ),
    )
    files = kplus.Volume.from_config_map(chart, "Files", kplus.ConfigMap(chart, "Map", data={"a": "b"}))
    gateway = chart.node.find_child("Blue").gateway
    gateway.add_sidecar(
        "tools",
        image="registry.example.com/tools:1.4.0",
        ports=[{"number": 8080}],
        env_variables={"TZ": kplus.EnvValue.from_value("UTC")},
        env_from=[kplus.Env.from_config_map(kplus.ConfigMap.from_config_map_name(chart, "Variables", "variables"))],
        volume_mounts=[kplus.VolumeMount(volume=files, path="/files"), gateway.state_mount("/state", read_only=True)],
        readiness=kplus.Probe.from_http_get("/health", port=8080),
    )
    return chart.to_json()


def refusal(**props):
    try:
        team(**props)
    except Exception as error:
        return str(error)
    return None


def refusals(kplus):
    elsewhere = Chart(App(), "elsewhere", namespace="elsewhere")
    secret = kplus.Secret(elsewhere, "Secret")
    return [
        refusal(kplus=kplus, service_account=kplus.ServiceAccount(elsewhere, "Account")),
        refusal(kplus=kplus, state=GatewayState.existing(kplus.PersistentVolumeClaim(elsewhere, "State"), path="")),
        refusal(kplus=kplus, secrets={"HOOKS": SecretSource.from_secret(secret, "key")}),
        refusal(kplus=kplus, env_variables={"A": kplus.EnvValue.from_secret_value(kplus.SecretValue(secret=secret, key="key")), "PORT": "1"}),
        refusal(kplus=kplus, env_variables={"PORT": 8080}),
        refusal(kplus=kplus, resources=kplus.ContainerResources(cpu=kplus.CpuResources(request=kplus.Cpu.millis(500)))),
    ]


def secrets():
    """A secret header, a secret inside a text, and one for the agent's tools."""
    chart = Chart(App(), "secrets", namespace="team")
    keys = cdk8s_plus_33.Secret.from_secret_name(chart, "Keys", "keys")
    source = SecretSource.from_secret(keys, "PORTKEY")
    provider = Provider.OPENAI.customize(secret_headers={"x-portkey-api-key": source}, bearer_headers={"helicone-auth": source})
    gateway = OpenClawDeployment(
        chart,
        "Gateway",
        version=OpenClawVersion.V2026_9_6,
        chain=FallbackChain.from_providers(chart, "Chain", providers=[Provider.ANTHROPIC, provider]),
        provider_keys=ProviderKeys.from_secret_name("keys"),
        auth=GatewayAuth.token(SecretSource.from_secret(keys, "TOKEN")),
        secrets={"HOOKS": SecretSource.from_secret_name("hooks", "token")},
        tool_secrets=["HOOKS"],
        extra_config={"hooks": {"enabled": True, "token": SecretText.of("HOOKS", "Bearer {}")}},
    )
    return {
        "token": json.loads(gateway.config_map.data["openclaw.json"])["hooks"]["token"],
        "tools": [word for word in gateway.init_container.command if word.startswith("HOOKS")],
        "headers": [name for name in gateway.guard.policy.data if name.startswith("key-openai.")],
    }


plain = team(
    cdk8s_plus_33,
    env_variables={"TZ": "UTC"},
    resources={"cpu": {"request": 0.5}, "memory": {"request": "2Gi", "limit": "3Gi"}, "ephemeral_storage": {"limit": "1Gi"}},
    state=GatewayState.claim(size="20Gi"),
    workspace=Workspace.combine(Workspace.from_files({"AGENTS.md": "# Rules"}), Workspace.from_files({"SOUL.md": "Kind"}, overwrite=True)),
)
(deployment,) = (each for each in plain.to_json() if each["kind"] == "Deployment")
container = next(each for each in deployment["spec"]["template"]["spec"]["containers"] if each["name"] == "openclaw")
json.dump({
    "same objects": objects(cdk8s_plus_28) == objects(cdk8s_plus_33),
    "label": deployment["spec"]["template"]["metadata"]["labels"]["team"],
    "resources": container["resources"],
    "zone": [each["value"] for each in container["env"] if each["name"] == "TZ"],
    "storage": [each["spec"]["resources"]["requests"]["storage"] for each in plain.to_json() if each["kind"] == "PersistentVolumeClaim"],
    "sidecars": [each["name"] for each in next(each for each in objects(cdk8s_plus_33) if each["kind"] == "Deployment")["spec"]["template"]["spec"]["containers"]],
    "files": [each["data"] for each in plain.to_json() if "workspace" in each["metadata"]["name"]],
    "secrets": secrets(),
    "refused": {kplus.__name__: refusals(kplus) for kplus in (cdk8s_plus_28, cdk8s_plus_33)},
}, sys.stdout)
