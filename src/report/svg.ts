import { alternativeLines, boxLines, headingOf, payerOf, traitsOf } from './labels';
import { ReportData, ReportedAgent, ReportedGateway, ReportedKey } from './report-data';

const WIDTH = 1200;
const MARGIN = 24;
const GAP = 36;
const LINE = 17;
/** Of a character of a monospaced font of 13 px, which all texts have. */
const CHARACTER = 7.9;
const COLOURS = ['#2563eb', '#c2410c', '#15803d', '#9333ea', '#b91c1c', '#0e7490', '#a16207', '#be185d'];
const NO_KEY = '#6b7280';

interface Box {
  readonly title: string;
  readonly lines: string[];
  readonly key?: string;
}

/** The route map: below each other the gateways, their agents, and for each agent its route, what users may ask for, and its slots. */
export function reportSvg({ gateways }: ReportData): string {
  const body: string[] = [];
  let y = MARGIN;
  for (const gateway of gateways) y = drawGateway(body, gateway, y) + MARGIN;
  const width = Math.max(WIDTH, ...gateways.flatMap(textsOf).map(line => Math.ceil(line.length * CHARACTER) + 2 * MARGIN + 28));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" font-family="monospace" font-size="13" fill="#111827">`,
    `<title>${escaped(`Which models ${gateways.map(({ path }) => path).join(', ')} call, and which key pays`)}</title>`,
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function drawGateway(body: string[], gateway: ReportedGateway, top: number): number {
  const colours = new Map(gateway.keys.filter(({ providers }) => providers.length > 0).map(({ name }, i) => [name, COLOURS[i % COLOURS.length]]));
  let y = top + 20;
  body.push(textAt(MARGIN, y, headingOf(gateway), 'font-size="17" font-weight="bold"'), textAt(MARGIN, y + 22, traitsOf(gateway), 'fill="#4b5563"'));
  y += 44;
  for (const agent of gateway.agents) {
    body.push(textAt(MARGIN, y + 10, agentLine(agent), 'font-weight="bold"'));
    y += 24;
    const [route, ...others] = rowsOf(agent, gateway);
    y = drawBoxes(body, route, y, colours, true);
    for (const boxes of others) if (boxes.length > 0) y = drawBoxes(body, boxes, y, colours, false);
  }
  for (const key of gateway.keys) {
    if (key.providers.length === 0) continue;
    body.push(`<rect x="${MARGIN}" y="${y}" width="12" height="12" fill="${colours.get(key.name)}"/>`, textAt(MARGIN + 20, y + 11, keyLine(key)));
    y += 20;
  }
  return y + 8;
}

/** The texts that are not shorter than a row of boxes for certain. */
function textsOf(gateway: ReportedGateway): string[] {
  const boxes = gateway.agents.flatMap(agent => rowsOf(agent, gateway).flat()).flatMap(({ title, lines, key }) => [title, ...lines, payerOf(key)]);
  return [headingOf(gateway), traitsOf(gateway), ...gateway.agents.map(agentLine), ...gateway.keys.map(keyLine), ...boxes];
}

function agentLine({ id, answers }: ReportedAgent): string {
  return `agent ${id}: answers ${answers}`;
}

function keyLine({ name, providers, source }: ReportedKey): string {
  return `${name} pays ${providers.join(', ')}: ${source}`;
}

function rowsOf({ route, alternatives, slots }: ReportedAgent, gateway: ReportedGateway): Box[][] {
  const keyOf = (ref: string) => gateway.models.find(model => model.ref === ref)?.key;
  return [
    route.map(({ ref, role, monthlyUsd }) => ({ title: role, lines: boxLines(ref, gateway, monthlyUsd), key: keyOf(ref) })),
    alternatives.map(alternative => ({ title: '/model', lines: alternativeLines(alternative), key: alternative.key })),
    slots.map(({ slot, ref }) => ({ title: slot, lines: boxLines(ref, gateway), key: keyOf(ref) })),
  ];
}

/** Draws boxes side by side, in several rows if they need them, and returns where the next thing starts. */
function drawBoxes(body: string[], boxes: Box[], top: number, colours: ReadonlyMap<string, string>, isRoute: boolean): number {
  const rows = boxes.map(({ title, lines, key }) => [title, ...lines, payerOf(key)]);
  const width = Math.ceil(Math.max(...rows.flat().map(line => line.length)) * CHARACTER) + 28;
  const height = Math.max(...rows.map(row => row.length)) * LINE + 14;
  const perRow = Math.max(1, Math.floor((WIDTH - 2 * MARGIN + GAP) / (width + GAP)));
  boxes.forEach(({ key }, i) => {
    const x = MARGIN + (i % perRow) * (width + GAP);
    const y = top + Math.floor(i / perRow) * (height + GAP);
    const colour = colours.get(key ?? '') ?? NO_KEY;
    const dashes = isRoute ? '' : ' stroke-dasharray="5 4"';
    body.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#f9fafb" stroke="${colour}"${dashes}/>`);
    body.push(`<rect x="${x}" y="${y}" width="6" height="${height}" fill="${colour}"/>`);
    rows[i].forEach((line, n) => body.push(textAt(x + 16, y + 20 + n * LINE, line, n === 1 ? 'font-weight="bold"' : n === 0 ? 'fill="#4b5563"' : '')));
    if (isRoute && i > 0) {
      body.push(arrow(i % perRow === 0
        ? `M ${MARGIN + (perRow - 0.5) * width + (perRow - 1) * GAP} ${y - GAP} v ${GAP / 2} H ${x + width / 2} V ${y - 8}`
        : `M ${x - GAP} ${y + height / 2} H ${x - 8}`, i % perRow === 0 ? [x + width / 2, y] : [x, y + height / 2], i % perRow === 0));
    }
  });
  return top + Math.ceil(boxes.length / perRow) * (height + GAP) - GAP + 20;
}

function arrow(line: string, [x, y]: number[], isDown: boolean): string {
  const head = isDown ? `${x},${y} ${x - 5},${y - 9} ${x + 5},${y - 9}` : `${x},${y} ${x - 9},${y - 5} ${x - 9},${y + 5}`;
  return `<path d="${line}" fill="none" stroke="#374151" stroke-width="1.5"/><polygon points="${head}" fill="#374151"/>`;
}

function textAt(x: number, y: number, value: string, attributes = ''): string {
  return `<text x="${x}" y="${y}"${attributes && ` ${attributes}`}>${escaped(value)}</text>`;
}

/** XML allows no control characters, not even escaped. */
function escaped(value: string): string {
  return value.replace(/[\u0000-\u001f\ud800-\udfff\ufffe\uffff]/g, '\ufffd').replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
