import { Model } from '../../../src';
import { OpenClawClient } from '../../support/openclaw-client';
import { Call } from '../../support/providers/call';
import { MockProviders } from '../../support/providers/mock-providers';

const THINKS = { thinking: 'deltas', thinkingMs: 1 } as const;

/**
 * The requests of a session with one model, which thinks each time: a question, one whose answer calls a tool, the tool's result, and a third question.
 */
export async function converse(client: OpenClawClient, providers: MockProviders, model: Model): Promise<Call[]> {
  const session = `agent:main:${model.modelRef.replace(/\W/g, '-')}`;
  const ask = async (text: string) => {
    const { error } = await client.turn(text, { session });
    if (error) throw new Error(`${model.modelRef}, '${text}': ${error}`);
  };
  providers.reset();
  await client.request('sessions.patch', { key: session, model: model.modelRef });
  if (model.reasoning) await client.request('sessions.patch', { key: session, thinkingLevel: 'high' });
  providers.when({}, THINKS);
  await ask('a first question');
  const [name] = providers.calls[providers.calls.length - 1].tools;
  providers.when({ text: 'a second question' }, { ...THINKS, tool: { name, input: {} } }); // it is refused for lack of arguments, which is a result too
  await ask('a second question');
  await ask('a third question');
  return [...providers.calls];
}
