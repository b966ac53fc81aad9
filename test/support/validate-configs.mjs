/**
 * Validates many configurations in one process, as `openclaw config validate` does each:
 *
 *   node validate-configs.mjs <folder of the npm package> <file with a JSON array of configurations> <file for the results>
 */
import * as fs from 'fs';
import * as path from 'path';
import { pathToFileURL } from 'url';

const NAME = 'validateConfigObjectRawWithPlugins';
const [folder, input, output] = process.argv.slice(2);
const dist = path.join(folder, 'dist');
const file = fs.readdirSync(dist).find(each => /\.m?js$/.test(each) && fs.readFileSync(path.join(dist, each), 'utf8').includes(`function ${NAME}(`));
if (!file) throw new Error(`${dist} has no function ${NAME}; look where this version validates its configuration`);
const validate = Object.values(await import(pathToFileURL(path.join(dist, file)).href)).find(each => each?.name === NAME);
if (!validate) throw new Error(`${file} does not export ${NAME}`);

const results = JSON.parse(fs.readFileSync(input, 'utf8')).map(config => {
  const { issues = [], warnings = [] } = validate(config, { semanticValidation: 'strict' });
  return [...issues, ...warnings].map(({ path: at, message }) => ({ path: at, message }));
});
fs.writeFileSync(output, JSON.stringify(results));
