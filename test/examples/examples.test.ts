import * as fs from 'fs';
import * as path from 'path';
import { EXAMPLES, synthExample } from '../support/synth';

jest.setTimeout(120_000);

const SCRIPT = fs.readFileSync(path.join(__dirname, '..', '..', 'assets', 'live-sync.mjs'), 'utf8');

/** The script as it stands in a ConfigMap; the snapshot does not repeat it. */
const INDENTED = SCRIPT.trimEnd().replace(/^(?=.)/gm, '    ');

function withoutScript(text: string): string {
  return text.split(INDENTED).join('    <assets/live-sync.mjs>');
}

// test/examples/fleet.test.ts has the fifty gateways of that example
describe.each(EXAMPLES.filter(name => name !== 'fleet'))('example %s', name => {
  const first = synthExample(name);

  test.each(Object.keys(first.texts))('makes %s', file => {
    const text = first.texts[file];
    expect(text.split(INDENTED)).toHaveLength(2);
    expect(withoutScript(text)).toMatchSnapshot();
  });

  test('prints what a person wants to know', () => {
    expect(first.printed).toMatchSnapshot();
  });

  test('makes and prints the same, byte by byte, when it is run again', () => {
    const second = synthExample(name);
    expect(second.texts).toEqual(first.texts);
    expect(second.printed).toBe(first.printed);
  });
});
