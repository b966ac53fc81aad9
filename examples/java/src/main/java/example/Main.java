package example;

import io.github.cdk8s_openclaw.FallbackChain;
import io.github.cdk8s_openclaw.FallbackChainFromProvidersOptions;
import io.github.cdk8s_openclaw.GatewayAuth;
import io.github.cdk8s_openclaw.ModelAllowlist;
import io.github.cdk8s_openclaw.ModelOptions;
import io.github.cdk8s_openclaw.OpenClawDeployment;
import io.github.cdk8s_openclaw.OpenClawVersion;
import io.github.cdk8s_openclaw.Preset;
import io.github.cdk8s_openclaw.Provider;
import io.github.cdk8s_openclaw.ProviderKeys;
import io.github.cdk8s_openclaw.SecretSource;
import io.github.cdk8s_openclaw.SecretStore;
import io.github.cdk8s_openclaw.StoreSecretOptions;
import java.util.List;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Duration;
import software.constructs.Construct;

public final class Main {
    /** In the order in which they are tried; OpenRouter, which reaches every model with one key, comes last. */
    private static final List<Provider> PROVIDERS = List.of(Provider.ANTHROPIC, Provider.OPENAI, Provider.GOOGLE, Provider.OPENROUTER);

    private Main() {}

    /** Developers have one Secret, made by hand, and cheap models. */
    static final class DevGateway extends Chart {
        final OpenClawDeployment gateway;

        DevGateway(final Construct scope, final String id, final ChartProps props) {
            super(scope, id, props);
            this.gateway = OpenClawDeployment.Builder.create(this, "Gateway")
                .version(OpenClawVersion.V2026_9_6)
                .preset(Preset.DEV)
                .chain(chainOf(this))
                .providerKeys(ProviderKeys.fromSecretName("openclaw-secrets"))
                .auth(GatewayAuth.token(SecretSource.fromSecretName("openclaw-secrets", "OPENCLAW_GATEWAY_TOKEN")))
                .build();
        }
    }

    /** Production has the company's vault, premium models, and a few others that users may ask for with {@code /model}. */
    static final class ProdGateway extends Chart {
        final OpenClawDeployment gateway;

        ProdGateway(final Construct scope, final String id, final ChartProps props) {
            super(scope, id, props);
            final FallbackChain chain = chainOf(this);
            this.gateway = OpenClawDeployment.Builder.create(this, "Gateway")
                .version(OpenClawVersion.V2026_9_6)
                .preset(Preset.PROD)
                .chain(chain)
                .allowlist(ModelAllowlist.Builder.create(this, "Allowlist")
                    .chains(List.of(chain))
                    .models(List.of(
                        Provider.ANTHROPIC.model("claude-haiku-4-5", ModelOptions.builder().alias("haiku").build()),
                        Provider.OPENAI.model("gpt-5.4-mini", ModelOptions.builder().alias("mini").build())))
                    .patterns(List.of(Provider.OPENROUTER.pattern("moonshotai/*")))
                    .build())
                .providerKeys(ProviderKeys.fromStore(StoreSecretOptions.builder()
                    .store(SecretStore.cluster("vault"))
                    .remoteKey("openclaw/{provider}")
                    .property("api-key")
                    .refreshInterval(Duration.minutes(15))
                    .build()))
                .auth(GatewayAuth.token(SecretSource.generated()))
                .build();
        }
    }

    private static FallbackChain chainOf(final Chart chart) {
        return FallbackChain.fromProviders(chart, "Chain", FallbackChainFromProvidersOptions.builder().providers(PROVIDERS).build());
    }

    public static void main(final String[] args) {
        final App app = new App();
        final DevGateway dev = new DevGateway(app, "openclaw-dev", ChartProps.builder().namespace("openclaw-dev").build());
        final ProdGateway prod = new ProdGateway(app, "openclaw-prod", ChartProps.builder().namespace("openclaw-prod").build());
        app.synth();

        // the cdk8s command keeps standard output for itself
        System.err.println(dev.gateway.getSummary() + "\n\n" + prod.gateway.getSummary());
    }
}
