import * as fs from 'fs';
import * as path from 'path';
import { compile, filesIn, filesReadBy, installedProject, OLDEST_PEERS, pack, run, scratchFolder, SUCCESS, Tarball } from './project';
import * as library from '../../src/index';
import { STORED_CATALOGS } from '../support/stored-facts';

const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';

function expectedFiles(): string[] {
  return [
    '.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'assets/dashboard.json',
    'assets/install-plugins.mjs', 'assets/live-sync.mjs', 'assets/model-guard-alerts.yaml', 'assets/seed-files.mjs', 'assets/spend-ledger.lua', 'assets/tenants.schema.json', 'catalog/tiers.json',
    'catalog/plugins.json', 'catalog/prices.json', 'catalog/schemas.br', 'catalog/versions.json',
    ...STORED_CATALOGS.map(release => `catalog/${release}.json`),
    'lib/index.js',
  ].sort();
}

describe('the package', () => {
  const scratch = scratchFolder('package');
  let tarball: Tarball;

  beforeAll(() => {
    tarball = pack(scratch);
  }, 120_000);

  afterAll(() => fs.rmSync(scratch, { recursive: true }));

  it('holds what the library needs, and nothing else', () => {
    expect(tarball.files.filter(file => !file.endsWith('.d.ts'))).toEqual(expectedFiles());
  });

  it('is smaller than 450 KB', () => {
    expect(tarball.size).toBe(fs.statSync(tarball.file).size);
    expect(tarball.size).toBeLessThan(450_000);
  });

  describe('installed into an empty project', () => {
    const project = path.join(scratch, 'project');

    beforeAll(() => {
      installedProject(project, tarball, OLDEST_PEERS);
    }, 300_000);

    it('declares the public API, and nothing else', () => {
      const root = path.join(project, 'node_modules', 'cdk8s-openclaw');
      const declarations = tarball.files.filter(file => file.endsWith('.d.ts'));
      const texts = declarations.map(file => fs.readFileSync(path.join(root, file), 'utf8'));
      const declared = texts.flatMap(text => [...text.matchAll(/^export (?:declare )?(?:class|enum|interface|const|function|type) (\w+)/gm)].map(([, name]) => name));
      const named = [...texts[declarations.indexOf('lib/index.d.ts')].matchAll(/\w+(?= ?[,}])/g)].map(([name]) => name);
      expect(declared.sort()).toEqual(named.sort());
      expect(filesReadBy(project).filter(file => file.startsWith(root)).map(file => path.relative(root, file)).sort()).toEqual(declarations);
      expect(texts.flatMap(text => text.match(/^.*@internal.*$|^ +(?! |private )[\w ]*\b_\w+.*$/gm) ?? [])).toEqual([]);
    }, 120_000);

    it('type-checks and runs as a CommonJS and as an ES module, with the same manifests', () => {
      expect(compile(project, 'cjs', ['--module', 'node16'])).toEqual(SUCCESS);
      expect(compile(project, 'esm', ['--module', 'esnext', '--moduleResolution', 'bundler'])).toEqual(SUCCESS);
      fs.writeFileSync(path.join(project, 'esm', 'package.json'), '{"type":"module"}');
      const outputs = ['cjs', 'esm'].map(format => {
        const outdir = path.join(project, `manifests-${format}`);
        expect(run(process.execPath, project, [path.join(format, 'main.js')], outdir)).toEqual(SUCCESS);
        return filesIn(outdir);
      });

      expect(fs.readFileSync(path.join(project, 'cjs', 'main.js'), 'utf8')).toContain('require("cdk8s-openclaw")');
      expect(fs.readFileSync(path.join(project, 'esm', 'main.js'), 'utf8')).toContain("from 'cdk8s-openclaw'");
      expect(Object.keys(outputs[0])).toEqual(['dev.k8s.yaml', 'prod.k8s.yaml']);
      expect(outputs[0]['prod.k8s.yaml']).toContain('kind: NetworkPolicy');
      expect(outputs[1]).toEqual(outputs[0]);
    }, 300_000);

    it('gives an ES module every name that it exports, and classes that are called so', () => {
      const program = "import * as names from 'cdk8s-openclaw'; for (const name in names) console.log(name, names[name].name)";
      const { stdout } = run(process.execPath, project, ['--input-type=module', '-e', program]);
      const expected = Object.entries<any>(library).map(([name, value]) => `${name} ${value.name}`);
      expect(stdout.split('\n')).toEqual(expect.arrayContaining(expected));
    });

    /** Root may write to any read-only folder, so Node's permission model stands for one. */
    const guarded = (program: string) => run(process.execPath, project, [PERMISSION, '--allow-fs-read=*', '-e', `
      const refuse = () => { throw new Error('no network'); };
      require('net').Socket.prototype.connect = refuse;
      require('dns').lookup = refuse;
      ${program}`]);

    it('needs neither a writable folder nor a network', () => {
      const { status, stdout, stderr } = guarded(`
        const { App } = require('cdk8s');
        App.prototype.synth = function () { console.log(this.synthYaml()); };
        require('./cjs/main.js');`);
      expect(stderr).not.toContain('Error');
      expect(stdout.match(/^kind: Deployment$/gm)).toHaveLength(2);
      expect(status).toBe(0);
    });

    it.each([
      ['writes', "require('fs').writeFileSync('file', '')", 'ERR_ACCESS_DENIED'],
      ['connects', "require('net').connect(1, '127.0.0.1')", 'no network'],
    ])('would notice an import that %s', (_, program, message) => {
      expect(guarded(program)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    });
  });
});
