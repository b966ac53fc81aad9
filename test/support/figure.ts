import * as fs from 'fs';

/** Keeps a measured value for the report. */
export function figure(name: string, value: number, unit: 'ms' | 'MiB' | 'turns' | 'calls' | '%'): void {
  const { SCENARIO_FIGURES } = process.env;
  const line = JSON.stringify({ scenario: expect.getState().currentTestName, name, value: Math.round(value * 10) / 10, unit });
  if (SCENARIO_FIGURES) fs.appendFileSync(SCENARIO_FIGURES, `${line}\n`);
}
