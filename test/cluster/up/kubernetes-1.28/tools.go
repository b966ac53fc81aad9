//go:build tools

// Package tools names the API server of the oldest release that the manifests are for.
package tools

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
