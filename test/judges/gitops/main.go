// What tools between a manifest and the API server make of it: `main TOOL FILE` prints the manifests as the tool hands them on.
//
//	flux       Flux' substitution after a build (spec.postBuild of a Kustomization), without any variable
//	kustomize  `kustomize build` of a kustomization whose only resource is the file
//	helm       `helm template` of a chart; FILE is its folder
//	secrets    what the External Secrets Operator makes of a template, with the functions that it has from Sprig; FILE is JSON with the template and a list
//	           of the values, one a Secret; prints JSON with a text or an error for each
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
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

func secrets(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var given struct {
		Template string
		Values   []map[string]string
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return "", err
	}
	parsed, err := template.New("secret").Option("missingkey=error").Funcs(sprig.TxtFuncMap()).Parse(given.Template)
	if err != nil {
		return "", err
	}
	type outcome struct {
		Text  string `json:"text"`
		Error string `json:"error"`
	}
	var outcomes []outcome
	for _, values := range given.Values {
		var output strings.Builder
		if err := parsed.Execute(&output, values); err != nil {
			outcomes = append(outcomes, outcome{Error: err.Error()})
		} else {
			outcomes = append(outcomes, outcome{Text: output.String()})
		}
	}
	printed, err := json.Marshal(outcomes)
	return string(printed), err
}

func main() {
	tools := map[string]func(string) (string, error){"flux": flux, "kustomize": kustomize, "helm": helm, "secrets": secrets}
	output, err := tools[os.Args[1]](os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(output)
}
