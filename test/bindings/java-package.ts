import { randomUUID } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { cached, peerVersions, versionOf } from './cache';
import { requireCommand, run } from './run';
import { ROOT } from './synth';

export interface JavaPackage {
  /** The Maven repository that holds the package. */
  readonly repository: string;

  readonly version: string;

  /** The package's folder in the repository; nobody else needs it. */
  readonly installed: string;
}

/**
 * Installs the Java package of this checkout into a Maven repository of its own. cdk8s-plus-28 is generated too, since the
 * Maven registry may not have it. The package gets a version of its own, so that two runs may share the repository.
 */
export function installJavaPackage(folder: string): JavaPackage {
  requireCommand('mvn', '--version', 'Maven and a JDK 17 are needed to test the Java package');
  const repository = cached('java', [fs.readFileSync(__filename, 'utf8'), ...peerVersions()], draft => {
    const plus = path.join(draft, 'cdk8s-plus-28');
    generate(path.join(ROOT, 'node_modules/cdk8s-plus-28'), plus);
    install(plus, draft);
    fs.rmSync(plus, { recursive: true });
  });
  const version = `0.0.0-${randomUUID()}`;
  const ours = path.join(folder, 'cdk8s-openclaw');
  generate(ROOT, ours);
  setVersion(path.join(ours, 'java/pom.xml'), version);
  install(ours, repository);
  return {
    repository,
    version,
    installed: path.join(repository, 'io/github/cdk8s-openclaw/cdk8s-openclaw', version),
  };
}

/** Replaces the version 0.0.0, ours and a dependency's, in a pom.xml. */
export function setVersion(pom: string, version: string): void {
  edit(pom, text => text.replaceAll('<version>0.0.0</version>', `<version>${version}</version>`));
}

function generate(module: string, folder: string): void {
  run(path.join(ROOT, 'node_modules/.bin/jsii-pacmak'), [module, '--no-npmignore', '--code-only', '--target', 'java', '--outdir', folder]);
  edit(path.join(folder, 'java/pom.xml'), withFixedVersions);
}

function install(folder: string, repository: string): void {
  const skip = ['-Dmaven.javadoc.skip', '-Dmaven.source.skip'];
  run('mvn', ['--quiet', '--batch-mode', `-Dmaven.repo.local=${repository}`, ...skip, 'install'], { cwd: path.join(folder, 'java') });
}

/** A range makes Maven download the metadata and descriptor of every version in it: minutes. */
function withFixedVersions(pom: string): string {
  const fixed: Record<string, string> = { 'cdk8s': versionOf('cdk8s'), 'constructs': versionOf('constructs'), 'jsii-runtime': versionOf('jsii-pacmak') };
  return pom.replace(/<artifactId>([^<]+)<\/artifactId>(\s*)<version>\[([^,]+),[^<]*<\/version>/g,
    (_, artifact: string, space: string, lowest: string) => `<artifactId>${artifact}</artifactId>${space}<version>${fixed[artifact] ?? lowest}</version>`);
}

function edit(file: string, change: (text: string) => string): void {
  fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
}
