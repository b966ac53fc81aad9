// Reads a CiliumNetworkPolicy as Cilium's agent does, and says which of the named hosts it lets its pods connect to.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/cilium/cilium/pkg/fqdn/dns"
	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"github.com/cilium/cilium/pkg/policy/api"
)

type peer struct{ Host, Port string }

func main() {
	answers, err := judge(os.Stdin)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(answers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judge(input io.Reader) ([]bool, error) {
	var asked struct {
		Policy json.RawMessage
		Peers  []peer
	}
	if err := json.NewDecoder(input).Decode(&asked); err != nil {
		return nil, err
	}
	var policy v2.CiliumNetworkPolicy
	decoder := json.NewDecoder(bytes.NewReader(asked.Policy))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&policy); err != nil {
		return nil, err
	}
	rules, err := policy.Parse(slog.Default(), "cluster")
	if err != nil {
		return nil, err
	}
	for _, rule := range rules {
		for _, egress := range rule.Egress {
			if err := isByName(egress); err != nil {
				return nil, err
			}
		}
	}
	answers := []bool{}
	for _, each := range asked.Peers {
		allowed := false
		for _, rule := range rules {
			for _, egress := range rule.Egress {
				allowed = allowed || (hasPort(egress.ToPorts, each.Port) && hasHost(egress.ToFQDNs, each.Host))
			}
		}
		answers = append(answers, allowed)
	}
	return answers, nil
}

// An error for what lets pods connect to more than DNS and named hosts.
func isByName(rule api.EgressRule) error {
	named := api.EgressRule{EgressCommonRule: api.EgressCommonRule{}, ToPorts: rule.ToPorts, ToFQDNs: rule.ToFQDNs}
	dns := api.EgressRule{EgressCommonRule: api.EgressCommonRule{ToEndpoints: rule.ToEndpoints}, ToPorts: rule.ToPorts}
	isNamed := len(rule.ToFQDNs) > 0 && len(rule.ToPorts) > 0 && rule.DeepEqual(&named)
	isDNS := len(rule.ToEndpoints) > 0 && hasOnlyDNS(rule.ToPorts) && rule.DeepEqual(&dns)
	if isNamed || isDNS {
		return nil
	}
	text, err := json.Marshal(rule)
	if err != nil {
		return err
	}
	return fmt.Errorf("a rule that is neither of DNS nor of named hosts: %s", text)
}

func hasOnlyDNS(rules api.PortRules) bool {
	return len(rules) == 1 && len(rules[0].Ports) == 1 && rules[0].Ports[0].Port == "53" && rules[0].Rules != nil && len(rules[0].Rules.DNS) > 0
}

func hasPort(rules api.PortRules, port string) bool {
	for _, rule := range rules {
		for _, each := range rule.Ports {
			if each.Port == port && each.Protocol == api.ProtoTCP {
				return true
			}
		}
	}
	return false
}

func hasHost(selectors api.FQDNSelectorSlice, host string) bool {
	for _, selector := range selectors {
		if pattern, err := selector.ToRegex(); err == nil && pattern.MatchString(dns.FQDN(host)) {
			return true
		}
	}
	return false
}
