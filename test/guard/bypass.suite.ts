import { attacksOn } from './support/attacks';
import { CALLER, Placement } from './support/fixture';
import { offence, Protocol } from './support/judge';
import { harmlessTools } from './support/placed-tools';
import { rawRequest, sendRaw } from './support/raw-http';
import { SharedGuard } from './support/shared-guard';
import { bodyOf, TARGETS } from './support/targets';
import { Budget } from '../../src/index';

/** Each attack on a wire format meets both placements and both protocols, the one beside the gateway with a budget that is never used up. */
describe.each<[Placement, Protocol]>([['sidecar', 'HTTP/1.1'], ['pod', 'HTTP/2']])('%s, to providers with %s', (placement, protocol) => {
  const shared = new SharedGuard(placement, placement === 'sidecar' ? { budgets: [Budget.perDay({ usd: 1_000_000 })] } : {}, protocol);

  describe.each(TARGETS.filter(({ only = placement }) => only === placement).map(target => ({ ...target, name: `${target.format}${target.of ?? ''}` })))('$name', target => {
    const caller = shared.callerOf(target);

    test('what OpenClaw sends arrives as it was sent, with the key and nothing else', async () => {
      const body = JSON.stringify(bodyOf(target, { tools: [{ type: 'function', name: 'web_search', parameters: { model: { type: 'string' } } }] }));
      for (const query of ['', ...target.query ? [`?${target.query}`] : []]) {
        expect(await sendRaw(shared.guard.port, rawRequest({ path: target.path + query, body, headers: caller }))).toMatchObject({ status: 200 });
      }
      expect(shared.judge.arrivals.map(offence)).toEqual(shared.judge.arrivals.map(() => undefined));
      expect(shared.judge.arrivals.map(arrival => arrival.body.toString())).toEqual(target.query ? [body, body] : [body]);
      expect(new Set(shared.judge.arrivals.map(arrival => arrival.protocol))).toEqual(new Set([protocol === 'HTTP/2' ? 'HTTP/2.0' : protocol]));
    });

    test.each<[string, unknown]>([
      ['in a list', [{ role: 'user', content: [{ type: 'input_text', text: '{"tools":[{"type":"web_search"}]}' }] }]],
      ['alone', '{"tools":[{"type":"web_search"}]}'],
      ['with a long s', [{ role: 'user', content: 'Die tool\u017f: "tool\u017f":[] und 300 \u212a' }]],
      ['in a list of texts', ['{"tools":[{"type":"web_search"}]}']],
    ])('a text that speaks of tools arrives: %s', async (_where, input) => {
      const body = JSON.stringify(bodyOf(target, { input }));
      expect(await sendRaw(shared.guard.port, rawRequest({ path: target.path, body, headers: caller }))).toMatchObject({ status: 200 });
    });

    test.each(harmlessTools(target))('%s arrives byte for byte', async (_what, more) => {
      const body = JSON.stringify(bodyOf(target, more));
      expect(await sendRaw(shared.guard.port, rawRequest({ path: target.path, body, headers: caller }))).toMatchObject({ status: 200 });
      expect(shared.judge.arrivals.map(arrival => [offence(arrival), arrival.body.toString() === body])).toEqual([[undefined, true]]);
    });

    test('half a megabyte of tools, one with a deep schema, arrives', async () => {
      const tools: object[] = Array.from({ length: 500 }, (_, i) => ({ type: 'function', name: `tool_${i}`, description: 'what it does '.repeat(80) }));
      tools.push({ type: 'function', name: 'deep', parameters: JSON.parse(`${'{"properties":'.repeat(50)}{}${'}'.repeat(50)}`) });
      const body = JSON.stringify(bodyOf(target, { tools }));
      expect(await sendRaw(shared.guard.port, rawRequest({ path: target.path, body, headers: caller }))).toMatchObject({ status: 200 });
      expect(shared.judge.arrivals.map(arrival => [offence(arrival), arrival.body.toString() === body])).toEqual([[undefined, true]]);
    });

    test.each(attacksOn(target, caller))('$name', async ({ bytes, harmless }) => {
      const { status } = await sendRaw(shared.guard.port, bytes);
      expect(shared.judge.arrivals.map(offence).filter(Boolean)).toEqual([]);
      if (!harmless) expect({ status, arrived: shared.judge.arrivals.length }).toEqual({ status: status === 200 ? 'a refusal' : status, arrived: 0 });
    });

    if (placement === 'pod') {
      const body = JSON.stringify(bodyOf(target));
      test.each<[string, [string, string][]]>([
        ['nobody', []], ['a stranger', [[target.keyHeader, 'wrong']]], ['part of the credential', [[target.keyHeader, CALLER.slice(0, -1)]]],
        ['an empty credential', [[target.keyHeader, '']]], ["the provider's key", [[target.keyHeader, 'key-of-openai']]],
      ])('%s is refused', async (_who, headers) => {
        expect(await sendRaw(shared.guard.port, rawRequest({ path: target.path, body, headers }))).toMatchObject({ status: 503 });
        expect(shared.judge.arrivals).toEqual([]);
      });
    }
  });

  test('neither log nor metrics hold a key', async () => {
    const texts = [shared.guard.log, await shared.guard.metrics()];
    expect(texts.map(text => /key-of-|caller-0123/.exec(text)?.[0])).toEqual([undefined, undefined]);
    expect(texts.map(text => text.length > 1000)).toEqual([true, true]);
  });
});
