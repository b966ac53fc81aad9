package main

import (
	"fmt"
	"os"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-openclaw/cdk8s-openclaw-go/cdk8sopenclaw"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

// In the order in which they are tried; OpenRouter, which reaches every model with one key, comes last.
func providers() *[]cdk8sopenclaw.Provider {
	return &[]cdk8sopenclaw.Provider{
		cdk8sopenclaw.Provider_ANTHROPIC(),
		cdk8sopenclaw.Provider_OPENAI(),
		cdk8sopenclaw.Provider_GOOGLE(),
		cdk8sopenclaw.Provider_OPENROUTER(),
	}
}

func chain(scope constructs.Construct) cdk8sopenclaw.FallbackChain {
	return cdk8sopenclaw.FallbackChain_FromProviders(scope, jsii.String("Chain"), &cdk8sopenclaw.FallbackChainFromProvidersOptions{
		Providers: providers(),
	})
}

// Developers have one Secret, made by hand, and cheap models.
func newDevGateway(scope constructs.Construct, id string, props *cdk8s.ChartProps) cdk8sopenclaw.OpenClawDeployment {
	chart := cdk8s.NewChart(scope, &id, props)
	name := jsii.String("openclaw-secrets")
	return cdk8sopenclaw.NewOpenClawDeployment(chart, jsii.String("Gateway"), &cdk8sopenclaw.OpenClawDeploymentProps{
		Version:      cdk8sopenclaw.OpenClawVersion_V2026_9_6(),
		Preset:       cdk8sopenclaw.Preset_DEV(),
		Chain:        chain(chart),
		ProviderKeys: cdk8sopenclaw.ProviderKeys_FromSecretName(name, nil),
		Auth:         cdk8sopenclaw.GatewayAuth_Token(cdk8sopenclaw.SecretSource_FromSecretName(name, jsii.String("OPENCLAW_GATEWAY_TOKEN"), nil)),
	})
}

// Production has the company's vault, premium models, and a few others that users may ask for with /model.
func newProdGateway(scope constructs.Construct, id string, props *cdk8s.ChartProps) cdk8sopenclaw.OpenClawDeployment {
	chart := cdk8s.NewChart(scope, &id, props)
	route := chain(chart)
	return cdk8sopenclaw.NewOpenClawDeployment(chart, jsii.String("Gateway"), &cdk8sopenclaw.OpenClawDeploymentProps{
		Version: cdk8sopenclaw.OpenClawVersion_V2026_9_6(),
		Preset:  cdk8sopenclaw.Preset_PROD(),
		Chain:   route,
		Allowlist: cdk8sopenclaw.NewModelAllowlist(chart, jsii.String("Allowlist"), &cdk8sopenclaw.ModelAllowlistProps{
			Chains: &[]cdk8sopenclaw.FallbackChain{route},
			Models: &[]cdk8sopenclaw.Model{
				cdk8sopenclaw.Provider_ANTHROPIC().Model(jsii.String("claude-haiku-4-5"), &cdk8sopenclaw.ModelOptions{Alias: jsii.String("haiku")}),
				cdk8sopenclaw.Provider_OPENAI().Model(jsii.String("gpt-5.4-mini"), &cdk8sopenclaw.ModelOptions{Alias: jsii.String("mini")}),
			},
			Patterns: &[]cdk8sopenclaw.ModelPattern{cdk8sopenclaw.Provider_OPENROUTER().Pattern(jsii.String("moonshotai/*"))},
		}),
		ProviderKeys: cdk8sopenclaw.ProviderKeys_FromStore(&cdk8sopenclaw.StoreSecretOptions{
			Store:           cdk8sopenclaw.SecretStore_Cluster(jsii.String("vault")),
			RemoteKey:       jsii.String("openclaw/{provider}"),
			Property:        jsii.String("api-key"),
			RefreshInterval: cdk8s.Duration_Minutes(jsii.Number(15)),
		}),
		Auth: cdk8sopenclaw.GatewayAuth_Token(cdk8sopenclaw.SecretSource_Generated(nil)),
	})
}

func main() {
	app := cdk8s.NewApp(nil)
	dev := newDevGateway(app, "openclaw-dev", &cdk8s.ChartProps{Namespace: jsii.String("openclaw-dev")})
	prod := newProdGateway(app, "openclaw-prod", &cdk8s.ChartProps{Namespace: jsii.String("openclaw-prod")})
	app.Synth()

	// the cdk8s command keeps standard output for itself
	fmt.Fprintln(os.Stderr, *dev.Summary()+"\n\n"+*prod.Summary())
}
