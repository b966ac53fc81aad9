import { factsName } from '../../release/nearest-release';
import { Settings } from '../../settings/settings';
import { Rule } from '../rule';

/** Tokens for the conversation and an answer without which a model is of little use. */
const ROOM = 4096;

export const contextWindowTooSmall: Rule = {
  id: 'context-window-too-small',
  kind: 'safety',
  check: settings => measured(settings).filter(({ room }) => room <= 0).map(({ ref, contextWindow }) =>
    `model '${ref}' has a contextWindow of ${contextWindow} tokens, but the first prompt of OpenClaw ${factsName(settings.release)} has about ${needs(settings)}, so each call`
      + ` fails; give the model and its server at least ${needs(settings) + ROOM}, or use another model`),
};

export const contextWindowTight: Rule = {
  id: 'context-window-tight',
  kind: 'judgement',
  check: settings => measured(settings).filter(({ room }) => room > 0 && room < ROOM).map(({ ref, contextWindow, room }) =>
    `model '${ref}' has a contextWindow of ${contextWindow} tokens; the first prompt of OpenClaw ${factsName(settings.release)} has about ${needs(settings)}, which leaves ${room}`
      + ` for the conversation and the answer; give the model and its server at least ${needs(settings) + ROOM}`),
};

const needs = ({ features }: Settings) => features.promptTokens;

/** The models that answer turns, and how many tokens the first prompt leaves in their windows. */
function measured(settings: Settings): { readonly ref: string; readonly contextWindow: number; readonly room: number }[] {
  const answering = new Map(settings.agents
    .flatMap(({ chain, allowedModels, slotModels: { heartbeat } }) => [...chain, ...allowedModels, ...heartbeat ? [heartbeat] : []])
    .map(model => [model.ref, model]));
  return [...answering.values()].flatMap(model => {
    const contextWindow = model.contextTokens ?? model.contextWindow;
    return contextWindow === undefined ? [] : { ref: model.ref, contextWindow, room: contextWindow - needs(settings) };
  });
}
