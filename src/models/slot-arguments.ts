import { HeartbeatOptions } from './model-slots';
import { Model } from './provider';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isDuration } from '../input/kplus-shapes';
import { isMap } from '../input/values';

const MODELS = ['image', 'pdf', 'utility', 'memoryEmbeddings'];

/** The slots besides the heartbeat that each agent has for itself. */
export const AGENT_SLOTS = ['utility', 'memoryEmbeddings'];

/** Reports slots of the wrong type; `undefined` is fine. `names` are those of the slots besides the heartbeat. */
export function checkSlots(check: InputChecks, slots: unknown, prop = 'modelSlots', names = MODELS): InputChecks {
  if (slots === undefined) return check;
  check.that(isMap(slots), prop, 'an object with a Model for each slot', slots);
  const { heartbeat, ...models } = argumentsOf(slots as { [slot: string]: unknown });
  for (const [slot, model] of Object.entries(models)) {
    check
      .refuse(!names.includes(slot), whyNoSlot(slot, prop, names))
      .that(!names.includes(slot) || model === undefined || model instanceof Model, `${prop}.${slot}`, 'a Model', model,
        "use for example Provider.OPENAI.model('gpt-5.4-mini')");
  }
  if (heartbeat === undefined) return check;
  const { every, model } = argumentsOf(heartbeat as { every?: unknown; model?: unknown });
  if (isMap(heartbeat)) check.options<HeartbeatOptions>(heartbeat as unknown as HeartbeatOptions, { every: true, model: true });
  return check
    .that(isMap(heartbeat), `${prop}.heartbeat`, 'an object with every and perhaps model', heartbeat)
    .that(!isMap(heartbeat) || isMinutes(every), `${prop}.heartbeat.every`, 'a Duration of whole minutes, at least one', every, 'use Duration.minutes(30)')
    .that(model === undefined || model instanceof Model, `${prop}.heartbeat.model`, 'a Model', model);
}

function whyNoSlot(slot: string, prop: string, names: readonly string[]): string {
  return MODELS.includes(slot)
    ? `${prop} has '${slot}', which OpenClaw has once for all agents; name it in the modelSlots of the gateway`
    : `unknown slot '${slot}' of ${prop}; valid slots: ${[...names, 'heartbeat'].join(', ')}`;
}

function isMinutes(value: unknown): boolean {
  if (!isDuration(value)) return false;
  const minutes = value.toMinutes({ integral: false });
  return Number.isInteger(minutes) && minutes > 0;
}
