// What tools between a manifest and the API server make of it: `main TOOL FILE` prints the manifests as the tool hands them on.
//
//	flux       Flux' substitution after a build (spec.postBuild of a Kustomization), without any variable
//	kustomize  `kustomize build` of a kustomization whose only resource is the file
//	helm       `helm template` of a chart; FILE is its folder
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func flux(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	return envsubst.Eval(string(text), func(string) (string, bool) { return "", true })
}

func kustomize(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	disk := filesys.MakeFsInMemory()
	if err := errors.Join(
		disk.WriteFile("/kustomization.yaml", []byte("resources: [all.yaml]\n")),
		disk.WriteFile("/all.yaml", text),
	); err != nil {
		return "", err
	}
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(disk, "/")
	if err != nil {
		return "", err
	}
	output, err := built.AsYaml()
	return string(output), err
}

func helm(folder string) (string, error) {
	chart, err := loader.LoadDir(folder)
	if err != nil {
		return "", err
	}
	values, err := util.ToRenderValues(chart, map[string]any{}, common.ReleaseOptions{Name: "release", Namespace: "default"}, common.DefaultCapabilities)
	if err != nil {
		return "", err
	}
	rendered, err := engine.Render(chart, values)
	if err != nil {
		return "", err
	}
	var manifests []string
	for name, text := range rendered {
		if filepath.Ext(name) == ".yaml" {
			manifests = append(manifests, text)
		}
	}
	sort.Strings(manifests)
	return strings.Join(manifests, "\n---\n"), nil
}

func main() {
	tools := map[string]func(string) (string, error){"flux": flux, "kustomize": kustomize, "helm": helm}
	output, err := tools[os.Args[1]](os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(output)
}
