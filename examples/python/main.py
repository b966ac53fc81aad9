import sys
from pathlib import Path

from cdk8s import App, Chart, Duration
from cdk8s_openclaw import (
    FallbackChain,
    GatewayAuth,
    ModelAllowlist,
    ModelLoad,
    ModelReport,
    OpenClawDeployment,
    OpenClawVersion,
    Preset,
    Provider,
    ProviderKeys,
    SecretSource,
    SecretStore,
)
from constructs import Construct

# In the order in which they are tried; OpenRouter, which reaches every model with one key, comes last.
PROVIDERS = [Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE, Provider.OPENROUTER]


class DevGateway(Chart):
    """Developers have one Secret, made by hand, and cheap models."""

    def __init__(self, scope: Construct, id: str, *, namespace: str) -> None:
        super().__init__(scope, id, namespace=namespace)
        self.gateway = OpenClawDeployment(
            self,
            "Gateway",
            version=OpenClawVersion.V2026_9_6,
            preset=Preset.DEV,
            chain=FallbackChain.from_providers(self, "Chain", providers=PROVIDERS),
            provider_keys=ProviderKeys.from_secret_name("openclaw-secrets"),
            auth=GatewayAuth.token(SecretSource.from_secret_name("openclaw-secrets", "OPENCLAW_GATEWAY_TOKEN")),
        )


class ProdGateway(Chart):
    """Production has the company's vault, premium models, and a few others that users may ask for with /model."""

    def __init__(self, scope: Construct, id: str, *, namespace: str) -> None:
        super().__init__(scope, id, namespace=namespace)
        chain = FallbackChain.from_providers(self, "Chain", providers=PROVIDERS)
        self.gateway = OpenClawDeployment(
            self,
            "Gateway",
            version=OpenClawVersion.V2026_9_6,
            preset=Preset.PROD,
            chain=chain,
            allowlist=ModelAllowlist(
                self,
                "Allowlist",
                chains=[chain],
                models=[
                    Provider.ANTHROPIC.model("claude-haiku-4-5", alias="haiku"),
                    Provider.OPENAI.model("gpt-5.4-mini", alias="mini"),
                ],
                patterns=[Provider.OPENROUTER.pattern("moonshotai/*")],
            ),
            provider_keys=ProviderKeys.from_store(
                store=SecretStore.cluster("vault"),
                remote_key="openclaw/{provider}",
                property="api-key",
                refresh_interval=Duration.minutes(15),
            ),
            auth=GatewayAuth.token(SecretSource.generated()),
        )


app = App()
dev = DevGateway(app, "openclaw-dev", namespace="openclaw-dev")
prod = ProdGateway(app, "openclaw-prod", namespace="openclaw-prod")
app.synth()

# what a reviewer reads beside the manifests: dist/report/models.md
load = ModelLoad(turns_per_day=500, input_tokens=20_000, output_tokens=500, cache_hit_ratio=0.7)
ModelReport.of(app, load=load).write(str(Path(app.outdir) / "report"))

# the cdk8s command keeps standard output for itself
print("\n\n".join(chart.gateway.summary for chart in (dev, prod)), file=sys.stderr)
