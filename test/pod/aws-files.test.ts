import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { withAwsFiles } from '../../src/pod/aws-files';
import { cleanKey, storedKeys } from '../support/stored-keys';

const [ID, SECRET] = ['AKIAEXAMPLE000000001', 'secret/of+a=user'];
const NONE = '[default]\n';
const fileOf = (id: string, secret: string) => `${NONE}aws_access_key_id=${id}\naws_secret_access_key=${secret}\n`;

type Stored = string | Buffer | undefined;

/** The files that the program makes of stored pairs of values; undefined is none. */
function made(pairs: readonly (readonly [Stored, Stored])[]): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aws-files-'));
  const ids = pairs.map((_, i) => `bedrock-${i}`);
  try {
    for (const [i, pair] of pairs.entries()) {
      for (const [j, part] of ['id', 'secret'].entries()) {
        const at = path.join(folder, 'etc/guard/keys', `${ids[i]}.aws.${part}`);
        fs.mkdirSync(at, { recursive: true });
        if (pair[j] !== undefined) fs.writeFileSync(path.join(at, 'key'), pair[j]);
      }
    }
    const [shell, ...args] = withAwsFiles(ids, ['true']).map(arg => arg.replace(/\/(etc|run)\/guard/g, found => path.join(folder, found)));
    execFileSync(shell, args);
    return ids.map(id => fs.readFileSync(path.join(folder, 'run/guard/aws', id, 'credentials'), 'utf8'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test('an access key is taken up as it was issued, or not at all, in whichever form its values are stored', () => {
  const forms = storedKeys(SECRET);
  const expected = (clean: (value: string) => string) => forms.map(form => [form.what, form.fault ? NONE : clean(cleanKey(form))]);
  const named = (files: string[]) => files.map((file, i) => [forms[i].what, file]);
  expect(named(made(forms.map(({ stored }) => [ID, stored])))).toEqual(expected(value => fileOf(ID, value)));
  expect(named(made(forms.map(({ stored }) => [stored, SECRET])))).toEqual(expected(value => fileOf(value, SECRET)));
});

test('one value alone is no access key', () => {
  expect(made([[ID, undefined], [undefined, SECRET], [undefined, undefined], [ID, SECRET]])).toEqual([NONE, NONE, NONE, fileOf(ID, SECRET)]);
});

test('the program holds nothing that Kubernetes or Flux interprets, and other guards need none', () => {
  expect(withAwsFiles(['bedrock', 'bedrock-us'], ['envoy']).join('\n')).not.toMatch(/\$[{($]|\{\{/);
  expect(withAwsFiles([], ['envoy', '-c'])).toEqual(['envoy', '-c']);
});
