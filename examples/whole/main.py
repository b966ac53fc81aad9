import sys
from pathlib import Path

import cdk8s_plus_28 as kplus
from cdk8s import ApiObject, App, Chart, Duration, JsonPatch
from cdk8s_openclaw import (
    AgentModelSlots,
    AgentOptions,
    ChannelBinding,
    FallbackChain,
    GatewayAuth,
    GatewayExposure,
    GatewayState,
    HeartbeatOptions,
    OpenClawDeployment,
    OpenClawVersion,
    Provider,
    ProviderKeys,
    SecretSource,
    SecretText,
    Workspace,
)

HOST = "assistant.example.com"
HERE = Path(__file__).parent
version = OpenClawVersion.V2026_9_6

app = App()
chart = Chart(app, "openclaw-whole", namespace="openclaw-whole")

# Two agents, each with its own models. An agent cannot call the models of the other one.
everyday = FallbackChain(
    chart,
    "Everyday",
    primary=Provider.OPENAI.model("gpt-5.4-mini"),
    fallbacks=[Provider.GOOGLE.model("gemini-2.5-flash")],
)
coding = FallbackChain(
    chart,
    "Coding",
    primary=Provider.ANTHROPIC.model("claude-sonnet-5"),
    fallbacks=[Provider.OPENAI.model("gpt-5.4")],
)

# The proxy of the cluster: its pods may reach the gateway.
proxy = kplus.Pods.select(
    chart,
    "Proxy",
    namespaces=kplus.Namespaces.select(chart, "Edge", names=["edge"]),
    labels={"gateway.networking.k8s.io/gateway-name": "public"},
)

gateway = OpenClawDeployment(
    chart,
    "Gateway",
    version=version,
    chain=everyday,
    agents={
        "coder": AgentOptions(
            chain=coding,
            model_slots=AgentModelSlots(
                heartbeat=HeartbeatOptions(every=Duration.hours(4), model=Provider.OPENAI.model("gpt-5.4")),
            ),
            bindings=[ChannelBinding(channel="telegram", account_id="coder")],
        ),
    },
    provider_keys=ProviderKeys.from_secret_name("openclaw-secrets"),  # ANTHROPIC_API_KEY, GEMINI_API_KEY and OPENAI_API_KEY
    auth=GatewayAuth.token(SecretSource.from_secret_name("openclaw-secrets", "OPENCLAW_GATEWAY_TOKEN")),
    # the home folder of an earlier installation, with its sessions and workspaces
    state=GatewayState.existing(
        kplus.PersistentVolumeClaim.from_claim_name(chart, "Home", "openclaw-home"), path=".openclaw"
    ),
    workspace=Workspace.combine(
        Workspace.from_folder(str(HERE / "workspace/main")),
        Workspace.from_folder(str(HERE / "workspace/coder"), agent="coder"),
        Workspace.from_folder(str(HERE / "skills/share"), path="skills/share", overwrite=True),
    ),
    exposure=GatewayExposure(origins=[f"https://{HOST}"], trusted_proxies=["10.244.0.0/16"], peers=[proxy]),
    plugins=["telegram"],
    secrets={
        "TELEGRAM_MAIN": SecretSource.from_secret_name("telegram", "main"),
        "TELEGRAM_CODER": SecretSource.from_secret_name("telegram", "coder"),
        "HOOKS": SecretSource.from_secret_name("hooks", "token"),
    },
    extra_config={
        "channels": {
            "telegram": {
                "defaultAccount": "main",
                "dmPolicy": "allowlist",
                "allowFrom": ["10000001"],  # who may write to the bots, by their ids in Telegram
                "accounts": {
                    "main": {"botToken": {"source": "file", "provider": "keys", "id": "/TELEGRAM_MAIN"}},
                    "coder": {"botToken": {"source": "file", "provider": "keys", "id": "/TELEGRAM_CODER"}},
                },
            },
        },
        # POST https://assistant.example.com/hooks/issues, from the company's tracker
        "hooks": {
            "enabled": True,
            "token": SecretText.of("HOOKS"),  # OpenClaw takes no SecretRef here
            "mappings": [
                {
                    "match": {"path": "issues"},
                    "action": "agent",
                    "agentId": "coder",
                    "name": "Issues",
                    "messageTemplate": "A new issue: {{title}}\n\n{{body}}",
                    "deliver": False,
                }
            ],
        },
        "mcp": {"servers": {"links": {"url": "http://127.0.0.1:8700/", "transport": "streamable-http"}}},
    },
)

# An MCP server that signs links. It alone mounts the key, so agents have links made but never see the key.
program = kplus.Volume.from_config_map(
    chart,
    "LinksVolume",
    kplus.ConfigMap(chart, "Links", data={"links.mjs": (HERE / "links.mjs").read_text()}),
)
link_key = kplus.Volume.from_secret(
    chart,
    "LinkKeyVolume",
    kplus.Secret.from_secret_name(chart, "LinkKey", "link-key"),
    items={"key": kplus.PathMapping(path="key")},
)
gateway.add_sidecar(
    "links",
    image=version.image,  # which has Node
    command=["node", "/srv/links.mjs"],
    env_variables={"BASE_URL": "https://files.example.com"},
    volume_mounts=[
        kplus.VolumeMount(volume=program, path="/srv", read_only=True),
        kplus.VolumeMount(volume=link_key, path="/etc/links", read_only=True),
    ],
)

# The route of the Gateway API; for its types, run `cdk8s import`.
route = ApiObject(chart, "Route", api_version="gateway.networking.k8s.io/v1", kind="HTTPRoute")
route.add_json_patch(
    JsonPatch.add(
        "/spec",
        {
            "hostnames": [HOST],
            "parentRefs": [{"name": "public", "namespace": "edge"}],
            "rules": [{"backendRefs": [{"name": gateway.service.name, "port": gateway.service.port}]}],
        },
    )
)

app.synth()
print(gateway.summary, file=sys.stderr)
