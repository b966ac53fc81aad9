import { HeartbeatOptions } from './model-slots';
import { Model } from './provider';
import { argumentsOf, InputChecks } from '../input/input-checks';
import { isDuration } from '../input/kplus-shapes';
import { isMap } from '../input/values';

const MODELS = ['image', 'pdf', 'utility', 'memoryEmbeddings'];

/** Reports slots of the wrong type; `undefined` is fine. */
export function checkSlots(check: InputChecks, slots: unknown): InputChecks {
  if (slots === undefined) return check;
  check.that(isMap(slots), 'modelSlots', 'an object with a Model for each slot', slots);
  const { heartbeat, ...models } = argumentsOf(slots as { [slot: string]: unknown });
  for (const [slot, model] of Object.entries(models)) {
    check
      .refuse(!MODELS.includes(slot), `unknown slot '${slot}' of modelSlots; valid slots: ${[...MODELS, 'heartbeat'].join(', ')}`)
      .that(!MODELS.includes(slot) || model === undefined || model instanceof Model, `modelSlots.${slot}`, 'a Model', model,
        "use for example Provider.OPENAI.model('gpt-5.4-mini')");
  }
  if (heartbeat === undefined) return check;
  const { every, model } = argumentsOf(heartbeat as { every?: unknown; model?: unknown });
  if (isMap(heartbeat)) check.options<HeartbeatOptions>(heartbeat as unknown as HeartbeatOptions, { every: true, model: true });
  return check
    .that(isMap(heartbeat), 'modelSlots.heartbeat', 'an object with every and perhaps model', heartbeat)
    .that(!isMap(heartbeat) || isMinutes(every), 'modelSlots.heartbeat.every', 'a Duration of whole minutes, at least one', every, 'use Duration.minutes(30)')
    .that(model === undefined || model instanceof Model, 'modelSlots.heartbeat.model', 'a Model', model);
}

function isMinutes(value: unknown): boolean {
  if (!isDuration(value)) return false;
  const minutes = value.toMinutes({ integral: false });
  return Number.isInteger(minutes) && minutes > 0;
}
