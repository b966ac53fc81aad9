import { cdk8s, github } from 'projen';

const { JobPermission } = github.workflows;

const DOWNLOAD = github.WorkflowSteps.downloadArtifact({ with: { name: 'build-artifact', path: 'dist' } });

/** Adds what projen's release does not do: a list of what is in the package, statements of where it was built, and a signed tag. */
export function addReleaseSteps(project: cdk8s.ConstructLibraryCdk8s): void {
  const sbom = project.addTask('sbom', {
    description: 'Writes what an app gets with the library to dist/sbom.cdx.json, as CycloneDX',
    exec: 'tsx scripts/sbom.ts',
  });
  project.packageTask.spawn(sbom);

  project.release!.addJobs({
    attest: {
      name: 'Attest where the package was built',
      needs: ['release'],
      runsOn: ['ubuntu-latest'],
      if: "needs.release.outputs.tag_exists != 'true' && !inputs.dry_run",
      permissions: { contents: JobPermission.READ, idToken: JobPermission.WRITE, attestations: JobPermission.WRITE },
      steps: [
        DOWNLOAD,
        { name: 'Attest the build', uses: 'actions/attest-build-provenance@v3', with: { 'subject-path': 'dist/js/*.tgz' } },
        { name: 'Attest the dependencies', uses: 'actions/attest-sbom@v3', with: { 'subject-path': 'dist/js/*.tgz', 'sbom-path': 'dist/sbom.cdx.json' } },
      ],
    },
  });

  project.release!.publisher.addGitHubPrePublishingSteps(
    github.WorkflowSteps.checkout({ with: { path: '.repo' } }),
    {
      name: 'Sign the tag',
      if: '${{ !inputs.dry_run }}',
      workingDirectory: '.repo',
      env: { TAG_SIGNING_KEY: '${{ secrets.TAG_SIGNING_KEY }}' },
      run: '.ci/sign-tag "$(cat ../dist/releasetag.txt)" "$GITHUB_SHA"',
    },
  );
  project.release!.publisher.addGitHubPostPublishingSteps({
    name: 'Attach the list of dependencies',
    if: '${{ !inputs.dry_run }}',
    env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
    run: 'gh release upload "$(cat dist/releasetag.txt)" dist/sbom.cdx.json --repo "$GITHUB_REPOSITORY" --clobber',
  });
}
