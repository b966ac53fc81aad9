import { attacksOn } from './support/attacks';
import { CALLER, guardOf, manifestsOf, modelsAt, Placement } from './support/fixture';
import { Judge, offence } from './support/judge';
import { rawRequest, sendRaw } from './support/raw-http';
import { RunningGuard } from './support/running-guard';
import { bodyOf, TARGETS } from './support/targets';

describe.each<Placement>(['sidecar', 'pod'])('%s', placement => {
  let judge: Judge;
  let guard: RunningGuard;

  beforeAll(async () => {
    judge = await Judge.start();
    guard = await RunningGuard.start(manifestsOf(Object.values(modelsAt(judge.port)), guardOf(placement)));
  });
  beforeEach(() => judge.reset());
  afterAll(async () => {
    await guard.stop();
    await judge.close();
  });

  describe.each(TARGETS)('$format', target => {
    const caller: [string, string][] = placement === 'pod' ? [[target.keyHeader, target.keyHeader === 'authorization' ? `Bearer ${CALLER}` : CALLER]] : [];

    test('what OpenClaw sends arrives as it was sent, with the key and nothing else', async () => {
      const body = JSON.stringify(bodyOf(target, { tools: [{ type: 'function', name: 'web_search', parameters: { model: { type: 'string' } } }] }));
      for (const query of ['', ...target.query ? [`?${target.query}`] : []]) {
        expect(await sendRaw(guard.port, rawRequest({ path: target.path + query, body, headers: caller }))).toMatchObject({ status: 200 });
      }
      expect(judge.arrivals.map(offence)).toEqual(judge.arrivals.map(() => undefined));
      expect(judge.arrivals.map(arrival => arrival.body.toString())).toEqual(target.query ? [body, body] : [body]);
    });

    test.each<[string, unknown]>([
      ['in a list', [{ role: 'user', content: [{ type: 'input_text', text: '{"tools":[{"type":"web_search"}]}' }] }]],
      ['alone', '{"tools":[{"type":"web_search"}]}'],
      ['in a list of texts', ['{"tools":[{"type":"web_search"}]}']],
    ])('a text that speaks of tools arrives: %s', async (_where, input) => {
      expect(await sendRaw(guard.port, rawRequest({ path: target.path, body: JSON.stringify(bodyOf(target, { input })), headers: caller }))).toMatchObject({ status: 200 });
    });

    test('half a megabyte of tools arrives', async () => {
      const tools = Array.from({ length: 500 }, (_, i) => ({ type: 'function', name: `tool_${i}`, description: 'what it does '.repeat(80) }));
      const body = JSON.stringify(bodyOf(target, { tools }));
      expect(await sendRaw(guard.port, rawRequest({ path: target.path, body, headers: caller }))).toMatchObject({ status: 200 });
      expect(judge.arrivals.map(arrival => [offence(arrival), arrival.body.toString() === body])).toEqual([[undefined, true]]);
    });

    test.each(attacksOn(target, caller))('$name', async ({ bytes, harmless }) => {
      const { status } = await sendRaw(guard.port, bytes);
      expect(judge.arrivals.map(offence).filter(Boolean)).toEqual([]);
      if (!harmless) expect({ status, arrived: judge.arrivals.length }).toEqual({ status: status === 200 ? 'a refusal' : status, arrived: 0 });
    });

    if (placement === 'pod') {
      const body = JSON.stringify(bodyOf(target));
      test.each<[string, [string, string][]]>([
        ['nobody', []], ['a stranger', [[target.keyHeader, 'wrong']]], ['part of the credential', [[target.keyHeader, CALLER.slice(0, -1)]]],
        ['an empty credential', [[target.keyHeader, '']]], ["the provider's key", [[target.keyHeader, 'key-of-openai']]],
      ])('%s is refused', async (_who, headers) => {
        expect(await sendRaw(guard.port, rawRequest({ path: target.path, body, headers }))).toMatchObject({ status: 401 });
        expect(judge.arrivals).toEqual([]);
      });
    }
  });

  test('neither log nor metrics hold a key', async () => {
    const texts = [guard.log, await guard.metrics()];
    expect(texts.map(text => /key-of-|caller-0123/.exec(text)?.[0])).toEqual([undefined, undefined]);
    expect(texts.map(text => text.length > 1000)).toEqual([true, true]);
  });
});
