import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import Ajv from 'ajv';
import { App, Yaml } from 'cdk8s';
import { FallbackChain, Fleet, OpenClawVersion, Preset, Provider, ProviderKeys, Tenant, Tenants } from '../../src/index';
import { messageOf, TOKEN } from '../support/gateway';

const ROOT = path.join(__dirname, '..', '..');
const SCHEMA = JSON.parse(fs.readFileSync(path.join(ROOT, 'assets', 'tenants.schema.json'), 'utf8'));

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-openclaw-tenants-'));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

function fileWith(text: string, name = 'tenants.yaml'): string {
  const file = path.join(scratch, name);
  fs.writeFileSync(file, text);
  return file;
}

function newFleet(tenants: Tenants): Fleet {
  const app = new App({ outdir: scratch });
  return new Fleet(app, 'fleet', {
    tenants,
    version: OpenClawVersion.V2026_9_6,
    preset: Preset.DEV,
    chain: FallbackChain.fromProviders(app, 'Chain', { providers: [Provider.ANTHROPIC, Provider.OPENAI] }),
    providerKeys: ProviderKeys.fromSecretName('openclaw-secrets'),
    auth: TOKEN,
  });
}

const tenantsIn = (...files: string[]) => newFleet(Tenants.fromFile(...files)).members.map(({ tenant }) => tenant);
const withoutFolder = (message: string) => message.replaceAll(`${scratch}/`, '');

/** The message about a file, without the folder. */
const messageAbout = (text: string, name?: string) => withoutFolder(messageOf(() => tenantsIn(fileWith(text, name))));

test('rows are read from YAML, with anchors, and from JSON, in the order of the files', () => {
  const yaml = fileWith([
    '# yaml-language-server: $schema=tenants.schema.json', 'x-all: &all { preset: prod }',
    'tenants:', '  - <<: *all', '    name: a', '    labels: { team: a }', '  - { name: b, version: 2026.8.2 }', '',
  ].join('\n'));
  const json = fileWith('{ "$schema": "tenants.schema.json", "tenants": [{ "name": "c", "values": { "host": "c.example.com", "seats": [1, 2] } }] }', 'tenants.json');
  expect(tenantsIn(yaml, json)).toEqual([
    { preset: 'prod', name: 'a', labels: { team: 'a' } },
    { name: 'b', version: '2026.8.2' },
    { name: 'c', values: { host: 'c.example.com', seats: [1, 2] } },
  ]);
});

test('more rows than YAML libraries take aliases for are read', () => {
  const rows = Array.from({ length: 300 }, (_, i) => `  - { <<: *all, name: t${i} }`);
  expect(tenantsIn(fileWith(`x-all: &all { labels: { a: b } }\ntenants:\n${rows.join('\n')}\n`))).toHaveLength(300);
});

test.each([
  ['an alias of nothing', 'tenants:\n  - *foo\n', /^Tenants\.fromFile\(\) has 1 problem:\n {2}tenants\.yaml: Unresolved alias/],
  ['a merge of no map', 'tenants:\n  - { <<: foo, name: a }\n', /^Tenants\.fromFile\(\) has 1 problem:\n {2}tenants\.yaml: Merge sources must be maps/],
  ['two documents', 'tenants: []\n---\ntenants: []\n', /tenants\.yaml:\d: a second document begins here; give each its own file, and Tenants\.fromFile\(\) all of them$/],
])('%s is named by file', (_, text, message) => {
  expect(messageAbout(text)).toMatch(message);
});

test('what is wrong is named by file, line and tenant', () => {
  expect(messageAbout([
    'tenants:', // 1
    '  - name: good',
    '  - name: Bad_name', // 3
    '    # a comment',
    '    chain:', // 5
    '      - anthropic',
    '      - opnai/gpt-5.4', // 7
    '      - openai/gpt-5.4',
    '    labels: { team: on }', // 9
    '  - namespace: lonely', // 10
    '  - name: good', // 11
    '    versoin: 2026.9.6', // 12
    '    keys:',
    '      anthropic: a/b',
    '      mistral: c/d', // 15
    '  - good', // 16
    '  - name: unknown', // 17
    '    chain: [anthropic/claude-sonet-5, openai]',
    '  -', // 19
  ].join('\n')).split('\n')).toEqual([
    "Fleet 'fleet' has 9 problems in 6 of 7 tenants:",
    "  tenants.yaml:3 'Bad_name': name is the string 'Bad_name'; it must be a DNS label: lower-case letters, digits and dashes, a letter first, at most 63",
    "  tenants.yaml:9 'Bad_name': labels.team is true; it must be a label value: letters, digits, dashes, underscores and dots, at most 63,"
      + ' in quotes where it looks like a number or a date',
    "  tenants.yaml:7 'Bad_name': chain 'opnai/gpt-5.4' is of provider 'opnai'; did you mean 'openai'?",
    '  tenants.yaml:10 a tenant without a name: name is missing; it must be a DNS label: lower-case letters, digits and dashes, a letter first, at most 63',
    "  tenants.yaml:12 'good': versoin is not a key of a tenant; did you mean version?",
    "  tenants.yaml:11 'good': name is taken by tenants.yaml:2; give each tenant a name of its own",
    "  tenants.yaml:16 a tenant without a name: the row is the string 'good'; it must be an object with the keys of a tenant",
    "  tenants.yaml:17 unknown/Gateway: [model-unknown] model 'anthropic/claude-sonet-5' is not in the catalog of OpenClaw 2026.9.6; did you mean"
      + " 'anthropic/claude-sonnet-5', 'anthropic/claude-opus-5'? else give model() its contextWindow and maxTokens",
    '  tenants.yaml:19 a tenant without a name: the row is null; it must be an object with the keys of a tenant',
  ]);
});

test('a line is named in JSON too', () => {
  expect(messageAbout('{\n  "tenants": [\n    {\n      "name": "a",\n      "preset": "pro"\n    }\n  ]\n}\n', 'tenants.json')).toBe(
    "Fleet 'fleet' has 1 problem in 1 of 1 tenants:\n  tenants.json:5 'a': preset is 'pro'; did you mean 'prod'?",
  );
});

test('what YAML takes for a date is called so', () => {
  expect(messageAbout('tenants:\n  - name: a\n    labels: { since: 2026-01-01 }\n  - { name: b, keys: 2026-01-01, values: { since: 2026-01-01 } }\n').split('\n')).toEqual([
    "Fleet 'fleet' has 2 problems in 2 of 2 tenants:",
    "  tenants.yaml:3 'a': labels.since is a date; it must be a label value: letters, digits, dashes, underscores and dots, at most 63,"
      + ' in quotes where it looks like a number or a date',
    "  tenants.yaml:4 'b': keys is a date; it must be an object from provider ids to paths",
  ]);
});

test('keys that YAML takes for numbers are found in their line, and what is no text is named once', () => {
  expect(messageAbout('tenants:\n  - name: 2026-01-01\n  - name: a\n    labels:\n      team: x\n      2: "a b"\n    7: q\n').split('\n').map(line => line.split(';')[0])).toEqual([
    "Fleet 'fleet' has 3 problems in 2 of 2 tenants:",
    '  tenants.yaml:2 a tenant without a name: name is a date',
    "  tenants.yaml:7 'a': 7 is not a key of a tenant",
    "  tenants.yaml:6 'a': labels.2 is the string 'a b'",
  ]);
});

test('names of any length stand on one line', () => {
  const [, ...lines] = messageAbout(`tenants:\n  - name: "a\\n\\"b\\e"\n    wave: ${'w'.repeat(5000)}\n  - name: ${'n'.repeat(5000)}\n`).split('\n');
  const label = 'a DNS label: lower-case letters, digits and dashes, a letter first, at most 63';
  expect(lines).toEqual([
    `  tenants.yaml:2 'a\\n"b\\u001b': name is the string 'a\\n"b\\u001b'; it must be ${label}`,
    `  tenants.yaml:3 'a\\n"b\\u001b': wave is '${'w'.repeat(40)}…', but the fleet has none`,
    `  tenants.yaml:4 '${'n'.repeat(40)}…': name is a string of 5000 characters; it must be ${label}`,
  ]);
});

test('a label key is told from its value', () => {
  expect(messageAbout('tenants:\n  - name: a\n    labels: { a..b/c: d }\n')).toBe("Fleet 'fleet' has 1 problem in 1 of 1 tenants:\n"
    + "  tenants.yaml:3 'a': labels[\"a..b/c\"] is the string 'a..b/c'; it must be a label key: letters, digits, dashes, underscores and dots, at most 63,"
    + ' perhaps behind a DNS name and a slash');
});

describe('a file that cannot be read', () => {
  test.each<[string, string]>([
    ['tenants:\n  - name: a\n  - name: [b\n  - name: c\n',
      'Tenants.fromFile() has 1 problem:\n'
      + '  tenants.yaml:4: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['tenants:\n  - name: a\n    name: b\n', 'Tenants.fromFile() has 1 problem:\n  tenants.yaml:3: Map keys must be unique'],
    ['- name: a\n', "Tenants.fromFile() has 1 problem:\n  tenants.yaml:1: it has no list 'tenants'; write tenants: [{ name: payments }, …],"
      + " as the package's assets/tenants.schema.json says"],
    ['', "Tenants.fromFile() has 1 problem:\n  tenants.yaml:1: it has no list 'tenants'; write tenants: [{ name: payments }, …],"
      + " as the package's assets/tenants.schema.json says"],
    ['tenants: []\n\ndefaults: {}\n', "Tenants.fromFile() has 1 problem:\n  tenants.yaml:3: unknown key 'defaults' beside 'tenants';"
      + " write tenants: [{ name: payments }, …], as the package's assets/tenants.schema.json says"],
    ['tenants:\n  - name: !env X\n', 'Tenants.fromFile() has 1 problem:\n  tenants.yaml:2: Unresolved tag: !env'],
    ['%YAML 1.3\n---\ntenants: []\n', 'Tenants.fromFile() has 1 problem:\n  tenants.yaml:1: Unsupported YAML version 1.3'],
    ['tenants: []\n', "Fleet 'fleet': tenants is empty; name at least one tenant"],
  ])('%j', (text, message) => {
    expect(messageAbout(text)).toBe(message);
  });

  test('because it is a folder or for another reason says so', () => {
    const messages = [scratch, `${fileWith('')}/a`].map(file => messageOf(() => Tenants.fromFile(file)));
    expect(messages[0]).toBe(`Tenants.fromFile() has 1 problem:\n  ${scratch}: it is a folder; name each of its files`);
    expect(messages[1]).toMatch(/^Tenants\.fromFile\(\) has 1 problem:\n {2}.*tenants\.yaml\/a: it cannot be read: ENOTDIR/);
  });

  test('in its first line names no more than a reader can read', () => {
    const lines = messageAbout(`tenants: ]\n${Array.from({ length: 1000 }, (_, i) => `  - name: tenant-${i}\n`).join('')}`).split('\n');
    expect(lines[0]).toMatch(/^Tenants\.fromFile\(\) has \d{4} problems; the first 20:$/);
    expect(lines[1]).toBe('  tenants.yaml:1: Unexpected flow-seq-end token in YAML stream: "]"');
    expect(lines.length).toBe(22);
    expect(lines[21]).toMatch(/^ {2}… and \d{4} more$/);
  });

  test('that is missing, with the others', () => {
    const file = path.join(scratch, 'missing.yaml');
    expect(withoutFolder(messageOf(() => Tenants.fromFile(file, fileWith('[]'))))).toBe('Tenants.fromFile() has 2 problems:\n'
      + `  missing.yaml: there is no such file in ${process.cwd()}\n`
      + "  tenants.yaml:1: it has no list 'tenants'; write tenants: [{ name: payments }, …], as the package's assets/tenants.schema.json says");
    expect(messageOf(() => Tenants.fromFile())).toBe('Tenants.fromFile(): no path was given');
    expect(messageOf(() => Tenants.fromFile(1 as any))).toBe('Tenants.fromFile(): paths[0] must be the path of a YAML or JSON file, got 1');
  });
});

describe('the schema', () => {
  const isValid = new Ajv({ strict: true, allErrors: true }).compile(SCHEMA);
  const full: Required<Tenant> = {
    name: 'a',
    namespace: 'b',
    wave: 'c',
    version: '2026.9.6',
    preset: 'dev',
    chain: ['openai', 'anthropic/claude-sonnet-5'],
    allowlist: ['openai/*'],
    keys: { openai: 'a/b' },
    labels: { 'example.com/team': 'a' },
    values: { a: [1] },
  };

  test('has the keys of a tenant', () => {
    expect(Object.keys(SCHEMA.properties.tenants.items.properties)).toEqual(Object.keys(full));
    expect(isValid({ tenants: [full] })).toBe(true);
  });

  test.each<object>([
    { $schema: 5 }, ...[
      { version: '2026.7.1-2' }, { chain: ['openrouter/moonshotai/kimi-k2.6', 'anthropic'] },
      { allowlist: ['anthropic/*', 'openai/*', 'openrouter/moonshotai/*', 'openrouter/moonshotai/kimi-k2.6'] },
      { labels: { [`${`${'a'.repeat(61)}.`.repeat(4)}a/b`]: 'a', 'a.b-c/D_e': '' } },
    ].map(more => ({ tenants: [{ name: 'a', ...more }] })),
  ])('takes, as the fleet does, %j', file => {
    const whole = { tenants: [{ name: 'a' }], ...file };
    expect(isValid(whole)).toBe(true);
    expect(tenantsIn(fileWith(JSON.stringify(whole), 'tenants.json'))).toEqual(whole.tenants);
  });

  test.each(['2026.9.6', '2026.7.1-2', '2026.12.10', '2026.13.1', '2026.9.0', '2026.09.6', '2026.9.6-beta.1', 'v2026.9.6', 'latest', '2026.9', ''])(
    'takes as a version what OpenClawVersion takes: %s', version => {
      const taken = () => {
        OpenClawVersion.of(version);
        throw new Error('taken');
      };
      expect(isValid({ tenants: [{ name: 'a', version }] })).toBe(messageOf(taken) === 'taken');
    });

  test('takes the example', () => {
    expect(isValid(Yaml.load(path.join(ROOT, 'examples', 'fleet', 'tenants.yaml'))[0])).toBe(true);
  });

  test.each<object>([
    {}, ...['1a', 'a-', 'a.b', 'A', '', 'a'.repeat(64)].map(name => ({ name })),
    ...[
      { namespace: '-' }, { version: 2026 }, { wave: '' }, { chain: [] }, { chain: ['a b'] }, { allowlist: ['openai'] }, { keys: { openai: '' } }, { keys: { openai: ' ' } },
      { version: '' }, { version: 'latest' }, { version: 'v2026.9.6' }, { chain: ['anthropic/*'] }, { chain: ['*'] },
      ...['anthropic/cl*', 'anthropic/**', '*/*', 'anthropic/*/*', 'openrouter/*/a'].map(each => ({ allowlist: [each] })),
      ...['a..b/c', '-a.b/c', 'a/b/c', `${'a'.repeat(254)}/b`].map(key => ({ labels: { [key]: 'a' } })),
      { labels: { '/': 'a' } }, { labels: { a: 'b c' } }, { values: [] }, { other: 1 },
    ].map(wrong => ({ name: 'a', ...wrong })),
  ])('refuses, as the fleet does, %j', row => {
    expect(isValid({ tenants: [row] })).toBe(false);
    expect(messageOf(() => newFleet(Tenants.of([row as Tenant])))).toMatch(/^Fleet 'fleet' has \d problems? in 1 of 1 tenants:\n {2}tenants\[0\] /);
  });
});
