//go:build tools

// Package tools names the programs of the test cluster, so that go.mod and go.sum pin them.
package tools

import (
	_ "github.com/coredns/coredns"
	_ "github.com/external-secrets/external-secrets"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-proxy"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
	_ "k8s.io/kubernetes/cmd/kubectl"
	_ "k8s.io/kubernetes/cmd/kubelet"
)
