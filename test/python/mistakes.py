"""Makes the mistakes that Python users make; prints what Python shows last for each, as JSON."""

import json
import sys
import traceback

from cdk8s import App, Chart
from cdk8s_openclaw import (
    AgentOptions,
    ChannelBinding,
    FallbackChain,
    GatewayAuth,
    ModelAllowlist,
    OpenClawDeployment,
    OpenClawVersion,
    Provider,
    ProviderSecret,
    SecretSource,
)

PROVIDERS = [Provider.ANTHROPIC, Provider.OPENAI]


def gateway(chart, **props):
    return OpenClawDeployment(chart, "Gateway", **{**good(chart), **props})


def good(chart):
    sonnet = Provider.ANTHROPIC.model("claude-sonnet-5")
    gpt = Provider.OPENAI.model("gpt-5.4")
    return {
        "version": OpenClawVersion.V2026_9_6,
        "chain": FallbackChain(chart, "Chain", primary=sonnet, fallbacks=[gpt]),
        "auth": GatewayAuth.token(SecretSource.from_secret_name("keys", "OPENCLAW_GATEWAY_TOKEN")),
        "provider_secrets": [
            ProviderSecret(chart, p.id, provider=p, source=SecretSource.from_secret_name("keys", p.key_name)) for p in PROVIDERS
        ],
    }


def outside_allowlist(chart):
    only_sonnet = ModelAllowlist(chart, "Allowlist", models=[Provider.ANTHROPIC.model("claude-sonnet-5")])
    gateway(chart, allowlist=only_sonnet, provider_secrets=[])


def one_provider(chart, **props):
    sonnet = Provider.ANTHROPIC.model("claude-sonnet-5")
    gateway(
        chart,
        chain=FallbackChain(chart, "OneProvider", primary=sonnet),
        provider_secrets=[ProviderSecret(chart, "key", provider=Provider.ANTHROPIC, source=SecretSource.from_secret_name("keys", "KEY"))],
        **props,
    )


def agents(chart, agent_id):
    params = {"maxTokens": 2000, "responseFormat": {"type": "text"}}
    mini = Provider.OPENAI.model("gpt-5.4-mini", params=params)
    assert mini.params == params, mini.params
    chain = FallbackChain(chart, "Coder", primary=mini, fallbacks=[Provider.ANTHROPIC.model("claude-sonnet-5")])
    binding = ChannelBinding(channel="telegram", account_id="coder")
    made = gateway(chart, plugins=["telegram"], agents={agent_id: AgentOptions(chain=chain, bindings=[binding])})
    assert "telegram:coder" in made.summary and "openai/gpt-5.4-mini" in made.summary, made.summary


class Vault(SecretSource):
    """A source of its own, which the library does not allow."""


MISTAKES = {
    "none": gateway,
    "wrong type": lambda chart: gateway(chart, version="2026.9.6"),
    "missing argument": lambda chart: FallbackChain(chart, "Chain"),
    "a secret without a source": lambda chart: ProviderSecret(chart, "x", provider=Provider.ANTHROPIC),
    "missing arguments": lambda chart: OpenClawDeployment(chart, "Gateway", version=OpenClawVersion.V2026_9_6),
    "camel case": lambda chart: gateway(chart, httpApi=True),
    "wrong value": lambda chart: FallbackChain(chart, "Chain", primary=Provider.XAI.model("grok-4"), retries=-1),
    "param that is not read": lambda chart: Provider.ANTHROPIC.model("claude-sonnet-5", params={"topP": 0.9}),
    "wrong value of a static method": lambda chart: OpenClawVersion.of("latest"),
    "governed setting": lambda chart: gateway(chart, extra_config={"agents": {"defaults": {"model": "openai/gpt-5.4"}}}),
    "rule violations": outside_allowlist,
    "finding of a judgement": one_provider,
    "the same, accepted as its message says": lambda chart: one_provider(chart, acknowledge={"chain-single-provider": "one contract so far"}),
    "wrong value in a map": lambda chart: gateway(chart, secrets={"TELEGRAM_BOT_TOKEN": "123:abc"}),
    "agents": lambda chart: agents(chart, "coder"),
    "an agent with the chain of the gateway": lambda chart: agents(chart, "main"),
    "subclass of a value": lambda chart: Vault(),
}


def shown_last(mistake):
    try:
        mistake(Chart(App(), "demo"))
    except Exception as error:
        return "".join(traceback.format_exception_only(error)).rstrip("\n")
    return None


json.dump({name: shown_last(mistake) for name, mistake in MISTAKES.items()}, sys.stdout)
